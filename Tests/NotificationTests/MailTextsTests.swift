import Contracts
import Testing
import Texts

@Suite struct MailTextsTests {
  private func texts(_ kind: TellMember.Kind, _ party: Party, day: Day? = Day(2026, 11, 24)) -> MailTexts {
    MailTexts(
      kind, party: party, reader: PersonName(unchecked: "Åsa Öberg"), other: PersonName(unchecked: "Bo Ek"),
      otherAddress: EmailAddress(unchecked: "bo@example.se"), day: day)
  }

  @Test(arguments: TellMember.Kind.allCases, Party.allCases)
  func `every mail says who the other is, why it comes, and that the board reads the answer`(
    kind: TellMember.Kind, party: Party
  ) {
    let mail = texts(kind, party)
    #expect(mail.body.sv.hasPrefix("Hej Åsa Öberg!\n\n"))
    #expect(mail.body.en.hasPrefix("Dear Åsa Öberg,\n\n"))
    for text in [mail.body.sv, mail.body.en] { #expect(text.contains("Bo Ek")) }
    #expect(mail.body.sv.contains("Du får det här mejlet för att") && mail.body.sv.contains("så når du styrelsen"))
    #expect(mail.body.en.contains("You get this mail because") && mail.body.en.contains("you reach the board"))
    #expect(mail.subject.sv != mail.subject.en)
    #expect(mail.body.sv.contains(party.rawValue) && mail.body.en.contains(party.rawValue))
  }

  @Test(arguments: TellMember.Kind.allCases, Party.allCases)
  func `the day is told where there is one, and no text has a hole without it`(
    kind: TellMember.Kind, party: Party
  ) {
    let (with, without) = (texts(kind, party).body, texts(kind, party, day: nil).body)
    if [
      .matchClosed, .contactReminder, .ended, .checkIn, .agreementToConfirm, .agreementConfirmed, .survey,
      .tenderNotice,
      .endingToConfirm, .endingUndone, .placeTaken, .remainingMonths,
    ].contains(kind) {
      #expect(with == without)
    } else {
      #expect(with.sv.contains("den 24 november 2026") && with.en.contains(" 24 November 2026"))
    }
    for text in [without.sv, without.en] {
      #expect(!text.contains("2026") && !text.contains("  ") && !text.contains(" .") && !text.contains(" ,"))
      #expect(!text.contains("nil") && !text.contains("Optional"))
    }
  }

  @Test func `addresses are told only once both have accepted`() {
    for kind in TellMember.Kind.allCases {
      for party in Party.allCases {
        let body = texts(kind, party).body
        let tells = [.welcome, .firstContactReminder].contains(kind)
        #expect(body.sv.contains("bo@example.se") == tells)
        #expect(body.en.contains("bo@example.se") == tells)
      }
    }
  }

  @Test(arguments: [TellMember.Kind.matchClosed, .ended], Party.allCases)
  func `what is over never tells by whom or why`(kind: TellMember.Kind, party: Party) {
    let mail = texts(kind, party)
    for word in ["nej", "avböj", "tackat", "inte svarat", "skäl", "orsak", "eftersom", "på grund", "på begäran"] {
      #expect(!(mail.subject.sv + mail.body.sv).lowercased().contains(word), "\(word)")
    }
    for word in ["declin", "refus", "reason", "not answer", "withdr", "at the request"] {
      #expect(!(mail.subject.en + mail.body.en).lowercased().contains(word), "\(word)")
    }
  }

  @Test func `the welcome says what each of the two is there for`() {
    let (mentor, adept) = (texts(.welcome, .mentor).body, texts(.welcome, .adept).body)
    for word in ["samtalspartner", "kontaktskapare", "informatör", "varken handledare eller terapeut"] {
      #expect(mentor.sv.contains(word))
    }
    for word in ["conversation partner", "contact builder", "informer", "neither supervisor nor therapist"] {
      #expect(mentor.en.contains(word))
    }
    #expect(adept.sv.contains("ansvarar själv för din utveckling") && adept.sv.contains("mentorns återkoppling"))
    #expect(adept.en.contains("responsible for your own development") && adept.en.contains("mentor's feedback"))
    for text in [mentor.sv, adept.sv] {
      #expect(text.contains("en gång i månaden") && text.contains("avsluta kontakten när som helst"))
      #expect(text.contains("upphandlingar") && text.contains("skriva avtal"))
    }
    for text in [mentor.en, adept.en] {
      #expect(text.contains("once a month") && text.contains("end the contact at any time"))
      #expect(text.contains("public tenders") && text.contains("writing contracts"))
    }
  }
}
