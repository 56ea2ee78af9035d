import Contracts

/// What each mail says, as the association ships it: mustache templates that the board may replace by files of its own.
///
/// The first line is the subject. Paragraphs have an empty line between them. What every mail has (why it comes, whom to
/// ask, the answers in one step) is added to them, and can't be left out.
public enum MailTemplates {
  public static func text(_ kind: TellMember.Kind) -> Phrase {
    switch kind {
    case .invitation: invitation
    case .invitationReminder: invitationReminder
    case .matchClosed: matchClosed
    case .welcome: welcome
    case .firstContactReminder: firstContactReminder
    case .contactReminder: contactReminder
    case .halfWay: halfWay
    case .closing: closing
    case .completed: completed
    case .ended: ended
    case .checkIn: checkIn
    case .agreementToConfirm: agreementToConfirm
    case .agreementConfirmed: agreementConfirmed
    case .survey: survey
    case .paused: paused
    case .resumed: resumed
    case .suspended: suspended
    case .tenderNotice: tenderNotice
    case .endingToConfirm: endingToConfirm
    case .endingUndone: endingUndone
    case .placeTaken: placeTaken
    case .remainingMonths: remainingMonths
    }
  }

  /// A template as a file that the board can edit.
  public static func file(_ kind: TellMember.Kind) -> String { file(text(kind)) }

  public static func file(_ text: Phrase) -> String {
    Language.allCases.map { "== \($0.rawValue)\n\(text[$0])\n" }.joined(separator: "\n")
  }

  // MARK: Before both have answered

  static let invitation = Phrase(
    sv: """
      {{#mentor}}Vill du vara mentor?{{/mentor}}{{#adept}}Vi har ett förslag på mentor till dig{{/adept}}

      Hej {{firstName}}!

      {{#mentor}}
      Vi tror att du och {{other}} kan ha glädje av varandra. {{otherFirstName}} är ny i rollen som handledare, och vi \
      undrar om du vill vara mentor.
      {{/mentor}}
      {{#adept}}
      Vi tror att du och {{other}} kan ha glädje av varandra, och vill föreslå {{otherFirstName}} som mentor till dig.
      {{/adept}}

      Ett mentorskap är samtal mellan två kollegor, oftast en gång i månaden under ett år. Ni utbyter erfarenheter, får \
      fler kontakter och blir tryggare i rollen. Det är inte handledning, och det kostar ingenting.

      Samtalen kan handla om rollen som handledare, men också om upphandlingar, att utveckla sitt företag, att ta betalt, \
      att skriva avtal och att hitta uppdrag.

      Det viktigaste är att ni inte konkurrerar med varandra. Ser du en risk för det, tacka nej eller fråga oss först.

      Säg ja eller nej{{#day}} senast den {{day}}{{/day}}. Du behöver inte ge något skäl. När ni båda har sagt ja börjar \
      mentorskapet, och då får ni varandras e-postadresser.
      """,
    en: """
      {{#mentor}}Would you like to be a mentor?{{/mentor}}{{#adept}}We have a mentor to suggest to you{{/adept}}

      Dear {{firstName}},

      {{#mentor}}
      We think that you and {{other}} could enjoy each other's company. {{otherFirstName}} is new in the supervisor's \
      role, and we wonder whether you would like to be the mentor.
      {{/mentor}}
      {{#adept}}
      We think that you and {{other}} could enjoy each other's company, and would like to suggest {{otherFirstName}} as \
      your mentor.
      {{/adept}}

      A mentorship is conversations between two colleagues, mostly once a month for a year. You exchange experience, meet \
      new people and grow more confident in the role. It is not supervision, and it costs nothing.

      The conversations can be about the supervisor's role, and also about public tenders, developing one's company, \
      charging, writing contracts and finding assignments.

      What matters most is that the two of you do not compete. If you see a risk of that, please decline, or ask us first.

      Say yes or no{{#day}} by {{day}}{{/day}}. You need not give a reason. Once both of you have said yes the mentorship \
      begins, and you get each other's e-mail addresses.
      """)

  static let invitationReminder = Phrase(
    sv: """
      {{#mentor}}Påminnelse: vill du vara mentor?{{/mentor}}{{#adept}}Påminnelse: vi har ett förslag på mentor till dig{{/adept}}

      Hej {{firstName}}!

      {{#mentor}}
      Vi har frågat om du vill vara mentor för {{other}}, som är ny i rollen som handledare, och vill gärna veta vad du säger.
      {{/mentor}}
      {{#adept}}
      Vi har föreslagit {{other}} som mentor till dig, och vill gärna veta vad du säger.
      {{/adept}}

      Säg ja eller nej{{#day}} senast den {{day}}{{/day}}. Båda svaren är lika välkomna, och du behöver inte ge något skäl.
      """,
    en: """
      {{#mentor}}Reminder: would you like to be a mentor?{{/mentor}}{{#adept}}Reminder: we have a mentor to suggest to you{{/adept}}

      Dear {{firstName}},

      {{#mentor}}
      We have asked whether you would like to be a mentor to {{other}}, who is new in the supervisor's role, and would be \
      glad to know what you say.
      {{/mentor}}
      {{#adept}}
      We have suggested {{other}} as your mentor, and would be glad to know what you say.
      {{/adept}}

      Say yes or no{{#day}} by {{day}}{{/day}}. Both answers are equally welcome, and you need not give a reason.
      """)

  /// The same whoever declined, and why.
  static let matchClosed = Phrase(
    sv: """
      Det blev ingen matchning den här gången

      Hej {{firstName}}!

      Matchningen mellan dig och {{other}} är avslutad, och det blir inget mentorskap av den. Du behöver inte göra något.

      {{#mentor}}
      Du finns kvar bland våra mentorer, och vi hör gärna av oss igen. Vill du hellre vänta, svara på det här mejlet.
      {{/mentor}}
      {{#adept}}
      Din intresseanmälan finns kvar, och vi söker gärna vidare. Vill du hellre vänta, svara på det här mejlet.
      {{/adept}}
      """,
    en: """
      No match this time

      Dear {{firstName}},

      The match between you and {{other}} is closed, and will not become a mentorship. There is nothing that you need to do.

      {{#mentor}}
      You are still among our mentors, and we will be glad to write again. If you would rather wait, answer this mail.
      {{/mentor}}
      {{#adept}}
      Your application stands, and we will be glad to look further. If you would rather wait, answer this mail.
      {{/adept}}
      """)

  // MARK: The year

  static let welcome = Phrase(
    sv: """
      Ert mentorskap börjar

      Hej {{firstName}}!

      {{#mentor}}
      Så roligt: ni har båda tackat ja. {{other}} är nu din adept{{#otherAddress}}, och du når {{otherFirstName}} på {{otherAddress}}{{/otherAddress}}.

      Som mentor är du samtalspartner, kontaktskapare och informatör: någon att rådgöra och diskutera med. Du är varken \
      handledare eller terapeut, och mentorskapet är inte handledning på handledning. Du utvecklas själv på köpet.
      {{/mentor}}
      {{#adept}}
      Så roligt: ni har båda tackat ja. {{other}} är nu din mentor{{#otherAddress}}, och du når {{otherFirstName}} på {{otherAddress}}{{/otherAddress}}.

      Som adept utvecklas du genom samtal och vägledning. Du ansvarar själv för din utveckling, med stöd av mentorns \
      återkoppling, så ta gärna med dig dina egna frågor.
      {{/adept}}

      {{^otherAddress}}Styrelsen hjälper er att få kontakt. {{/otherAddress}}Hör av dig till {{otherFirstName}}{{#day}}, senast den {{day}}{{/day}}{{^day}} så snart du kan{{/day}}. Bestäm vid \
      den första kontakten inriktning, hur ofta ni ska höras och i vilken form. Vad ni talar om frågar vi aldrig efter.

      Samtalen kan handla om rollen som handledare, upphandlingar, att utveckla sitt företag, att ta betalt, avtal, \
      uppdrag och nätverk. Vi rekommenderar kontakt ungefär en gång i månaden och kanske två träffar under året, via \
      video om ni inte kan ses. Ni bestämmer själva.

      Båda har rätt att avsluta kontakten när som helst, utan att säga varför.
      """,
    en: """
      Your mentorship begins

      Dear {{firstName}},

      {{#mentor}}
      Good news: both of you have said yes. {{other}} is now your adept{{#otherAddress}}; you reach {{otherFirstName}} at {{otherAddress}}{{/otherAddress}}.

      As mentor you are a conversation partner, a contact builder and an informer: somebody to consult and to discuss \
      with. You are neither supervisor nor therapist, and mentorship is not supervision of supervision. You develop too.
      {{/mentor}}
      {{#adept}}
      Good news: both of you have said yes. {{other}} is now your mentor{{#otherAddress}}; you reach {{otherFirstName}} at {{otherAddress}}{{/otherAddress}}.

      As adept you develop through conversation and guidance. You are responsible for your own development, supported by \
      your mentor's feedback, so do bring your own questions.
      {{/adept}}

      {{^otherAddress}}The board helps you to get in touch. {{/otherAddress}}Get in touch with {{otherFirstName}}{{#day}} by {{day}}{{/day}}{{^day}} as soon as you can{{/day}}. At the first \
      contact, decide on the direction, how often to be in contact and in what form. What you talk about we never ask.

      The conversations can be about the supervisor's role, public tenders, developing one's company, charging, contracts, \
      assignments and building a network. We recommend contact about once a month, and perhaps two meetings in person in \
      the year, by video where you cannot meet. It is for the two of you to decide.

      Either of you may end the contact at any time, without saying why.
      """)

  static let firstContactReminder = Phrase(
    sv: """
      Har ni hunnit höras?

      Hej {{firstName}}!

      Vi har inte hört om du och {{other}} har haft er första kontakt.{{#day}} Tanken är att ni har den senast den {{day}}.{{/day}}

      Om inte: skriv några rader till {{otherFirstName}}{{#otherAddress}} på {{otherAddress}}{{/otherAddress}}, och föreslå en tid. Det behöver inte vara \
      märkvärdigt.

      Har ni hörts, berätta gärna vilken dag det var och vad ni kom överens om: inriktning, hur ofta och i vilken form.

      Båda har rätt att avsluta kontakten när som helst, utan att säga varför.
      """,
    en: """
      Have the two of you been in touch?

      Dear {{firstName}},

      We have not heard whether you and {{other}} have had your first contact.{{#day}} The idea is that you have it by {{day}}.{{/day}}

      If not, write a few lines to {{otherFirstName}}{{#otherAddress}} at {{otherAddress}}{{/otherAddress}} and suggest a time. It need not be anything grand.

      If you have been in touch, do tell us the day and what you agreed on: direction, how often, and in what form.

      Either of you may end the contact at any time, without saying why.
      """)

  static let checkIn = Phrase(
    sv: """
      Har ni hörts?

      Hej {{firstName}}!

      Har du och {{other}} talats vid på sistone? Svara med ett klick. Vad ni talade om frågar vi inte efter.

      Har det blivit tyst är det inget konstigt: det kanske är dags att boka ett samtal.
      """,
    en: """
      Have the two of you talked?

      Dear {{firstName}},

      Have you and {{other}} talked lately? Answer with one click. What you talked about we do not ask.

      If it has gone quiet, that is nothing strange: perhaps it is time to arrange a conversation.
      """)

  static let contactReminder = Phrase(
    sv: """
      Dags för ett samtal?

      Hej {{firstName}}!

      Det var ett tag sedan vi hörde om ett samtal mellan dig och {{other}}. Det kanske är dags att boka ett?

      Vi rekommenderar kontakt ungefär en gång i månaden, men ni bestämmer själva. Har ni hörts, svara på det här mejlet \
      med dag och form. Vad ni talade om frågar vi inte efter.

      Båda har rätt att avsluta kontakten när som helst, utan att säga varför.
      """,
    en: """
      Time for a conversation?

      Dear {{firstName}},

      It is a while since we heard of a conversation between you and {{other}}. Perhaps it is time to arrange one?

      We recommend contact about once a month, but it is for the two of you to decide. If you have talked, answer this \
      mail with the day and the form. What you talked about we do not ask.

      Either of you may end the contact at any time, without saying why.
      """)

  static let agreementToConfirm = Phrase(
    sv: """
      Stämmer det här?

      Hej {{firstName}}!

      {{other}} föreslår den här överenskommelsen för ert mentorskap.

      {{#topics}}Inriktning: {{topics}}
      {{/topics}}{{#direction}}Med egna ord: {{direction}}
      {{/direction}}{{#everyWeeks}}Kontakt: {{everyWeeks}}
      {{/everyWeeks}}{{#form}}Form: {{form}}
      {{/form}}{{#meetings}}Träffar under året: {{meetings}}
      {{/meetings}}

      Säg till om det stämmer, eller om du hellre vill tala om det först.
      """,
    en: """
      Is this what you agree on?

      Dear {{firstName}},

      {{other}} suggests this agreement for your mentorship.

      {{#topics}}Direction: {{topics}}
      {{/topics}}{{#direction}}In your own words: {{direction}}
      {{/direction}}{{#everyWeeks}}Contact: {{everyWeeks}}
      {{/everyWeeks}}{{#form}}Form: {{form}}
      {{/form}}{{#meetings}}Meetings in the year: {{meetings}}
      {{/meetings}}

      Tell us whether it is right, or whether you would rather talk about it first.
      """)

  static let agreementConfirmed = Phrase(
    sv: """
      Er överenskommelse

      Hej {{firstName}}!

      Du och {{other}} är överens. Det här gäller tills ni bestämmer något annat.

      {{#topics}}Inriktning: {{topics}}
      {{/topics}}{{#direction}}Med egna ord: {{direction}}
      {{/direction}}{{#everyWeeks}}Kontakt: {{everyWeeks}}
      {{/everyWeeks}}{{#form}}Form: {{form}}
      {{/form}}{{#meetings}}Träffar under året: {{meetings}}
      {{/meetings}}

      Lycka till med samtalen!
      """,
    en: """
      Your agreement

      Dear {{firstName}},

      You and {{other}} agree. This holds until you decide otherwise.

      {{#topics}}Direction: {{topics}}
      {{/topics}}{{#direction}}In your own words: {{direction}}
      {{/direction}}{{#everyWeeks}}Contact: {{everyWeeks}}
      {{/everyWeeks}}{{#form}}Form: {{form}}
      {{/form}}{{#meetings}}Meetings in the year: {{meetings}}
      {{/meetings}}

      We wish you good conversations!
      """)

  static let halfWay = Phrase(
    sv: """
      Halvvägs i ert mentorskap

      Hej {{firstName}}!

      Du och {{other}} har kommit halvvägs.{{#day}} Mentorskapet löper till den {{day}}.{{/day}}

      {{#mentor}}
      Stanna gärna upp tillsammans: passar takten och formen, och vad är viktigast under tiden som är kvar? Ge gärna \
      återkoppling på det du har sett.
      {{/mentor}}
      {{#adept}}
      Stanna gärna upp tillsammans: har du fått det du hoppades på, och vad är viktigast under tiden som är kvar? Be gärna \
      om återkoppling.
      {{/adept}}

      Båda har rätt att avsluta kontakten när som helst, utan att säga varför.
      """,
    en: """
      Half-way through your mentorship

      Dear {{firstName}},

      You and {{other}} are half-way through.{{#day}} The mentorship runs until {{day}}.{{/day}}

      {{#mentor}}
      Do pause together: do rhythm and form suit you, and what matters most in the time that is left? Your feedback on \
      what you have seen is worth a lot.
      {{/mentor}}
      {{#adept}}
      Do pause together: have you had what you hoped for, and what matters most in the time that is left? Do ask for \
      feedback.
      {{/adept}}

      Either of you may end the contact at any time, without saying why.
      """)

  static let survey = Phrase(
    sv: """
      En fråga om mentorskapet

      Hej {{firstName}}!

      {{#start}}
      Hur väl har starten fungerat för dig och {{other}}?
      {{/start}}
      {{#halfWay}}
      Hur nöjd är du med samtalen med {{other}} så här långt?
      {{/halfWay}}
      {{#end}}
      Hur nöjd är du med mentorskapet med {{other}}?
      {{/end}}

      Svara med ett klick, från 1 (inte alls) till 5 (mycket). Svaret räknas, men ingen ser vem som har svarat vad.
      """,
    en: """
      One question about the mentorship

      Dear {{firstName}},

      {{#start}}
      How well has the start worked for you and {{other}}?
      {{/start}}
      {{#halfWay}}
      How content are you with the conversations with {{other}} so far?
      {{/halfWay}}
      {{#end}}
      How content are you with the mentorship with {{other}}?
      {{/end}}

      Answer with one click, from 1 (not at all) to 5 (very). The answer is counted; nobody sees who gave it.
      """)

  static let paused = Phrase(
    sv: """
      Mentorskapet vilar

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} vilar{{#day}} till den {{day}}{{/day}}. Under tiden påminner vi inte.
      """,
    en: """
      The mentorship rests

      Dear {{firstName}},

      The mentorship between you and {{other}} rests{{#day}} until {{day}}{{/day}}. Meanwhile we do not remind you.
      """)

  static let resumed = Phrase(
    sv: """
      Mentorskapet fortsätter

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} fortsätter{{#day}}, till den {{day}}{{/day}}. Boka gärna ett samtal.
      """,
    en: """
      The mentorship goes on

      Dear {{firstName}},

      The mentorship between you and {{other}} goes on{{#day}}, until {{day}}{{/day}}. Do arrange a conversation.
      """)

  static let suspended = Phrase(
    sv: """
      Mentorskapet gör ett uppehåll

      Hej {{firstName}}!

      Vi har gjort ett uppehåll i mentorskapet mellan dig och {{other}}, och hör av oss till er båda. Vänta gärna med fler \
      samtal tills dess.
      """,
    en: """
      The mentorship is suspended

      Dear {{firstName}},

      We have suspended the mentorship between you and {{other}} for now, and will write to you both. Please wait with \
      further conversations until then.
      """)

  /// The same whether or not the other plans the tender too.
  static let tenderNotice = Phrase(
    sv: """
      Om upphandlingen som du har anmält

      Hej {{firstName}}!

      Tala inte med {{other}} om upphandlingen som du har anmält. Det gäller alla som anmäler en, och säger ingenting om \
      vad någon annan planerar.

      Allt annat kan ni tala om som förut.
      """,
    en: """
      About the tender that you registered

      Dear {{firstName}},

      Please do not talk with {{other}} about the tender that you have registered. That holds for everybody who registers \
      one, and says nothing of what anybody else plans.

      All else you can talk about as before.
      """)

  static let closing = Phrase(
    sv: """
      Ert mentorskap närmar sig slutet

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} avslutas {{#day}}den {{day}}{{/day}}{{^day}}snart{{/day}}.

      {{#mentor}}
      Boka ett sista samtal om ni inte redan har gjort det. Vad har varit till nytta, och vad har du själv fått med dig?
      {{/mentor}}
      {{#adept}}
      Boka ett sista samtal om ni inte redan har gjort det. Vad tar du med dig, och vad blir ditt nästa steg?
      {{/adept}}

      Har ni talats vid, vill du ha hjälp eller vill du avsluta i förtid, svara med ett klick. Att ni hörs efteråt, på \
      egen hand, gläder oss bara.
      """,
    en: """
      Your mentorship is nearing its end

      Dear {{firstName}},

      The mentorship between you and {{other}} ends {{#day}}on {{day}}{{/day}}{{^day}}soon{{/day}}.

      {{#mentor}}
      Arrange a last conversation if you have not done so. What has been of use, and what have you gained yourself?
      {{/mentor}}
      {{#adept}}
      Arrange a last conversation if you have not done so. What do you take with you, and what is your next step?
      {{/adept}}

      If you have talked, would like our help or want to end it early, answer with one click. If you stay in touch \
      afterwards, on your own, we are only glad.
      """)

  // MARK: Afterwards

  static let completed = Phrase(
    sv: """
      Tack för det här mentorskapet

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} är genomfört{{#day}} och slutade den {{day}}{{/day}}.

      {{#certificate}}
      {{#mentor}}
      Tack för att du har delat med dig av din erfarenhet. Vi hoppas att det har gett något även till dig. Vill du bli \
      mentor för någon ny, svara på det här mejlet.
      {{/mentor}}
      {{#adept}}
      Vi hoppas att samtalen har gett dig kunskap, trygghet och fler kontakter. Kanske vill du själv bli mentor en dag?
      {{/adept}}

      Ditt intyg om deltagande ligger i bilagan intyg.html. Öppna det och skriv ut det när du vill.
      {{/certificate}}
      {{^certificate}}
      Vi har inte hört om något samtal mellan er. Så blir det ibland, och det är ingens fel. Något intyg följer därför \
      inte med; har ni talats vid ändå, svara på det här mejlet, så ordnar vi ett.

      {{#mentor}}
      Tack för att du ställde upp. Vill du bli mentor för någon ny, svara på det här mejlet.
      {{/mentor}}
      {{#adept}}
      Vill du försöka igen med en annan mentor, svara på det här mejlet.
      {{/adept}}
      {{/certificate}}

      Berätta gärna för oss vad som fungerade och vad som kan bli bättre.
      """,
    en: """
      Thank you for this mentorship

      Dear {{firstName}},

      The mentorship between you and {{other}} is completed{{#day}}; it ran until {{day}}{{/day}}.

      {{#certificate}}
      {{#mentor}}
      Thank you for sharing your experience. We hope that it has given you something too. If you would like to be a mentor \
      to somebody new, answer this mail.
      {{/mentor}}
      {{#adept}}
      We hope that the conversations have given you knowledge, confidence and more contacts. Perhaps one day you would \
      like to be a mentor yourself?
      {{/adept}}

      Your certificate of participation is the attached intyg.html. Open and print it whenever you like.
      {{/certificate}}
      {{^certificate}}
      We have not heard of a conversation between you. That happens, and is nobody's fault. So there is no certificate \
      with this mail; if you have talked all the same, answer it, and we will see to one.

      {{#mentor}}
      Thank you for being there. If you would like to be a mentor to somebody new, answer this mail.
      {{/mentor}}
      {{#adept}}
      If you would like to try again with another mentor, answer this mail.
      {{/adept}}
      {{/certificate}}

      We would be glad to hear what worked, and what could be better.
      """)

  static let endingToConfirm = Phrase(
    sv: """
      Vill du avsluta mentorskapet?

      Hej {{firstName}}!

      Du har svarat att du vill avsluta mentorskapet med {{other}}. Det är din rätt, och du behöver inte säga varför. \
      Bekräfta, så är det avslutat.

      Den andra får ett neutralt besked efter ett dygn, eller genast om du hellre vill det. Ångrar du dig gör du ingenting.
      """,
    en: """
      Do you want to end the mentorship?

      Dear {{firstName}},

      You have answered that you want to end the mentorship with {{other}}. That is your right, and you need not say why. \
      Confirm, and it has ended.

      The other gets a neutral message after a day, or at once if you would rather. If you change your mind, do nothing.
      """)

  /// The same whoever ended it, and why.
  static let ended = Phrase(
    sv: """
      Mentorskapet är avslutat

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} är avslutat. Du behöver inte göra något.

      {{#mentor}}
      Tack för din tid. Vill du bli mentor för någon ny, nu eller senare, svara på det här mejlet.
      {{/mentor}}
      {{#adept}}
      Vill du fortsätta med en ny mentor under de månader som är kvar, svara på det här mejlet.
      {{/adept}}
      """,
    en: """
      The mentorship has ended

      Dear {{firstName}},

      The mentorship between you and {{other}} has ended. There is nothing that you need to do.

      {{#mentor}}
      Thank you for your time. If you would like to be a mentor to somebody new, now or later, answer this mail.
      {{/mentor}}
      {{#adept}}
      If you would like to go on with a new mentor for the months that remain, answer this mail.
      {{/adept}}
      """)

  static let endingUndone = Phrase(
    sv: """
      Mentorskapet fortsätter

      Hej {{firstName}}!

      Mentorskapet mellan dig och {{other}} fortsätter som förut.
      """,
    en: """
      The mentorship goes on

      Dear {{firstName}},

      The mentorship between you and {{other}} goes on as before.
      """)

  static let placeTaken = Phrase(
    sv: """
      Det gick inte att ångra

      Hej {{firstName}}!

      Platsen är inte längre ledig, så mentorskapet mellan dig och {{other}} förblir avslutat. Skriv gärna till \
      oss, så ser vi vad som går att göra.
      """,
    en: """
      It could not be undone

      Dear {{firstName}},

      The place is no longer free, so the mentorship between you and {{other}} remains ended. Do write to us, and \
      we will see what can be done.
      """)

  static let remainingMonths = Phrase(
    sv: """
      Vill du fortsätta med en ny mentor?

      Hej {{firstName}}!

      Av mentorskapet med {{other}} {{#months}}är {{months}} kvar{{/months}}{{^months}}är några månader kvar{{/months}}. \
      Vill du ha en ny mentor för dem går du först i nästa matchning.
      """,
    en: """
      Would you like a new mentor?

      Dear {{firstName}},

      Of the mentorship with {{other}}, {{#months}}{{months}}{{/months}}{{^months}}some months{{/months}} remain. If you \
      would like a new mentor for them, you go first in the next matching.
      """)
}
