import Contracts

/// The words for what contracts hold as codes.
public enum WordTexts {
  public static func role(_ role: MemberRole) -> Phrase {
    switch role {
    case .mentor: Phrase(sv: "mentor", en: "mentor")
    case .adept: Phrase(sv: "adept", en: "adept")
    case .both: Phrase(sv: "mentor och adept", en: "mentor and adept")
    }
  }

  public static func status(_ status: MemberStatus) -> Phrase {
    switch status {
    case .applied: Phrase(sv: "anmäld", en: "applied")
    case .declined: Phrase(sv: "avböjd", en: "declined")
    case .withdrawn: Phrase(sv: "återtagen", en: "withdrawn")
    case .active: Phrase(sv: "aktiv", en: "active")
    case .paused: Phrase(sv: "pausad", en: "paused")
    case .left: Phrase(sv: "utträdd", en: "left")
    }
  }

  public static func language(_ language: Language) -> Phrase {
    switch language {
    case .sv: Phrase(sv: "svenska", en: "Swedish")
    case .en: Phrase(sv: "engelska", en: "English")
    }
  }

  public static func topic(_ topic: Topic) -> Phrase {
    switch topic {
    case .supervisorRole: Phrase(sv: "handledarrollen", en: "the supervisor's role")
    case .publicTenders: Phrase(sv: "offentlig upphandling", en: "public tenders")
    case .company: Phrase(sv: "utveckla företaget", en: "developing one's company")
    case .pricing: Phrase(sv: "prissättning och debitering", en: "pricing and charging")
    case .contracts: Phrase(sv: "avtal", en: "contracts")
    case .assignments: Phrase(sv: "hitta uppdrag", en: "finding assignments")
    case .network: Phrase(sv: "bygga nätverk", en: "building a network")
    }
  }

  public static func sector(_ sector: Sector) -> Phrase {
    switch sector {
    case .socialServices: Phrase(sv: "socialtjänst", en: "social services")
    case .school: Phrase(sv: "skola", en: "schools")
    case .elderCare: Phrase(sv: "äldreomsorg", en: "elder care")
    case .disabilitySupport: Phrase(sv: "funktionsstöd", en: "disability support")
    case .residentialCare: Phrase(sv: "HVB och boenden", en: "residential care")
    case .healthCare: Phrase(sv: "hälso- och sjukvård", en: "health care")
    case .psychiatry: Phrase(sv: "psykiatri", en: "psychiatry")
    case .corrections: Phrase(sv: "kriminalvård", en: "prison and probation")
    case .civilSociety: Phrase(sv: "civilsamhälle", en: "civil society")
    case .business: Phrase(sv: "näringsliv", en: "business")
    }
  }

  public static func basis(_ kind: LawfulBasis.Kind) -> Phrase {
    switch kind {
    case .consent: Phrase(sv: "samtycke", en: "consent")
    case .contract: Phrase(sv: "avtal", en: "contract")
    case .legitimateInterest: Phrase(sv: "berättigat intresse", en: "legitimate interest")
    }
  }

  public static func employment(ownsOrganisation: Bool) -> Phrase {
    ownsOrganisation ? Phrase(sv: "eget företag", en: "own company") : Phrase(sv: "anställd", en: "employed")
  }

  public static func answer(_ isYes: Bool) -> Phrase {
    isYes ? Phrase(sv: "ja", en: "yes") : Phrase(sv: "nej", en: "no")
  }

  public static func party(_ party: Party) -> Phrase {
    switch party {
    case .mentor: Phrase(sv: "mentorn", en: "the mentor")
    case .adept: Phrase(sv: "adepten", en: "the adept")
    }
  }

  public static func form(_ form: ContactForm) -> Phrase {
    switch form {
    case .inPerson: Phrase(sv: "möte", en: "in person")
    case .video: Phrase(sv: "video", en: "video")
    case .phone: Phrase(sv: "telefon", en: "phone")
    }
  }

  public static func matchState(_ state: MatchState) -> Phrase {
    switch state {
    case .submitted: Phrase(sv: "väntar på båda", en: "waiting for both")
    case .acceptedByMentor: Phrase(sv: "väntar på adepten", en: "waiting for the adept")
    case .acceptedByAdept: Phrase(sv: "väntar på mentorn", en: "waiting for the mentor")
    case .held: Phrase(sv: "väntar på styrelsen", en: "waiting for the board")
    case .active: Phrase(sv: "aktiv", en: "active")
    case .declined: Phrase(sv: "avböjd", en: "declined")
    case .expired: Phrase(sv: "obesvarad", en: "expired")
    case .withdrawn: Phrase(sv: "återtagen", en: "withdrawn")
    case .ended: Phrase(sv: "avslutad", en: "ended")
    }
  }

  public static func mentorshipState(_ state: MentorshipState) -> Phrase {
    switch state {
    case .started: Phrase(sv: "påbörjat", en: "started")
    case .agreed: Phrase(sv: "överenskommet", en: "agreed")
    case .closing: Phrase(sv: "avrundas", en: "closing")
    case .completed: Phrase(sv: "fullföljt", en: "completed")
    case .ended: Phrase(sv: "avslutat i förtid", en: "ended early")
    }
  }

  public static func mailState(_ state: MailState) -> Phrase {
    switch state {
    case .queued: Phrase(sv: "köat", en: "queued")
    case .attempting: Phrase(sv: "skickas just nu", en: "being sent")
    case .retrying: Phrase(sv: "försöks igen", en: "tried again")
    case .sent: Phrase(sv: "skickat", en: "sent")
    case .kept: Phrase(sv: "sparat här", en: "kept here")
    case .failed: Phrase(sv: "kom inte fram", en: "failed")
    case .suppressed: Phrase(sv: "skickas inte", en: "not sent")
    }
  }

  public static func mailKind(_ kind: MailKind) -> Phrase {
    switch kind {
    case .member(let kind): mailKind(kind)
    case .board(.notice): Phrase(sv: "något nytt för styrelsen", en: "something new for the board")
    case .board(.escalation): Phrase(sv: "en försenad styrelseuppgift", en: "an overdue board task")
    case .board(.digest): Phrase(sv: "styrelsens uppgifter", en: "the board's tasks")
    case .weekly: Phrase(sv: "mejlen den här veckan", en: "the mails of a week")
    }
  }

  public static func mailKind(_ kind: TellMember.Kind) -> Phrase {
    switch kind {
    case .invitation: Phrase(sv: "förfrågan om matchning", en: "invitation to a match")
    case .invitationReminder: Phrase(sv: "påminnelse om att svara", en: "reminder to answer")
    case .matchClosed: Phrase(sv: "matchningen blev inte av", en: "the match did not come about")
    case .welcome: Phrase(sv: "mentorskapet börjar", en: "the mentorship begins")
    case .firstContactReminder: Phrase(sv: "påminnelse om första kontakten", en: "reminder of the first contact")
    case .contactReminder: Phrase(sv: "påminnelse om kontakt", en: "reminder of contact")
    case .halfWay: Phrase(sv: "halvvägs", en: "half-way")
    case .closing: Phrase(sv: "dags att avrunda", en: "time to close")
    case .completed: Phrase(sv: "mentorskapet är fullföljt", en: "the mentorship is completed")
    case .ended: Phrase(sv: "mentorskapet har avslutats", en: "the mentorship has ended")
    case .checkIn: Phrase(sv: "avstämning", en: "check-in")
    case .agreementToConfirm: Phrase(sv: "förslag till överenskommelse", en: "agreement to confirm")
    case .agreementConfirmed: Phrase(sv: "överenskommelsen är klar", en: "the agreement is made")
    case .survey: Phrase(sv: "enkät", en: "survey")
    case .paused: Phrase(sv: "mentorskapet vilar", en: "the mentorship rests")
    case .resumed: Phrase(sv: "mentorskapet fortsätter", en: "the mentorship goes on")
    case .suspended: Phrase(sv: "mentorskapet är stoppat tills vidare", en: "the mentorship is suspended")
    case .tenderNotice: Phrase(sv: "om en upphandling", en: "about a tender")
    case .endingToConfirm: Phrase(sv: "bekräfta att avsluta", en: "ending to confirm")
    case .endingUndone: Phrase(sv: "mentorskapet återupptas", en: "the ending is undone")
    case .placeTaken: Phrase(sv: "platsen hade redan gått", en: "the place was taken")
    case .remainingMonths: Phrase(sv: "månaderna som är kvar", en: "the months that remain")
    }
  }

  /// What somebody who answers reads on the link.
  public static func answer(_ answer: Answer) -> Phrase {
    switch answer {
    case .accept: Phrase(sv: "Ja, gärna", en: "Yes, gladly")
    case .decline: Phrase(sv: "Nej tack", en: "No, thank you")
    case .metInPerson: Phrase(sv: "Vi har träffats", en: "We have met in person")
    case .metVideo: Phrase(sv: "Vi har talats vid via video", en: "We have talked by video")
    case .metPhone: Phrase(sv: "Vi har talats vid på telefon", en: "We have talked on the phone")
    case .notYet: Phrase(sv: "Inte än", en: "Not yet")
    case .needHelp: Phrase(sv: "Jag vill ha hjälp av styrelsen", en: "I would like the board's help")
    case .wantToEnd: Phrase(sv: "Jag vill avsluta", en: "I want to end it")
    case .recommended:
      Phrase(
        sv: "Jag föreslår det rekommenderade: en gång i månaden och två träffar",
        en: "I suggest what is recommended: once a month and two meetings")
    case .confirm: Phrase(sv: "Ja, det kommer vi överens om", en: "Yes, that is our agreement")
    case .discuss: Phrase(sv: "Jag vill tala om det först", en: "I would rather talk it over")
    case .end: Phrase(sv: "Ja, avsluta", en: "Yes, end it")
    case .endNow: Phrase(sv: "Ja, avsluta, och säg det till den andra nu", en: "Yes, end it, and tell the other now")
    case .rest: Phrase(sv: "Nej, men låt det vila en månad", en: "No, but let it rest for a month")
    case .goOn: Phrase(sv: "Nej, vi fortsätter", en: "No, we go on")
    case .undo: Phrase(sv: "Jag ångrar mig", en: "Undo it")
    case .newMentor: Phrase(sv: "Ja, jag vill ha en ny mentor", en: "Yes, I would like a new mentor")
    case .noThanks: Phrase(sv: "Nej tack, det räcker så", en: "No thank you, that is enough")
    case .rating1: Phrase(sv: "1, inte alls", en: "1, not at all")
    case .rating2: Phrase(sv: "2", en: "2")
    case .rating3: Phrase(sv: "3, ganska", en: "3, fairly")
    case .rating4: Phrase(sv: "4", en: "4")
    case .rating5: Phrase(sv: "5, mycket", en: "5, very")
    }
  }

  public static func boardTask(_ kind: BoardTaskKind) -> Phrase {
    switch kind {
    case .notStarted: Phrase(sv: "har inte kommit igång", en: "has not started")
    case .silent: Phrase(sv: "tyst", en: "silent")
    case .help: Phrase(sv: "ber om hjälp", en: "asks for help")
    case .disagree: Phrase(sv: "svarar olika", en: "answer differently")
    case .agreement: Phrase(sv: "inte överens", en: "not agreed")
    case .conflict: Phrase(sv: "konkurrens", en: "competition")
    case .matchHeld: Phrase(sv: "matchning att besluta om", en: "match to decide on")
    case .mailBounces: Phrase(sv: "adressen studsar", en: "the address bounces")
    case .mailFails: Phrase(sv: "ett mejl kom inte fram", en: "a mail did not arrive")
    case .newMentor: Phrase(sv: "vill ha en ny mentor", en: "wants a new mentor")
    }
  }
}
