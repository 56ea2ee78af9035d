import Contracts
import Testing
import Texts

@Suite struct TextsTests {
  private func check(_ phrase: Phrase, _ what: String) {
    for language in Language.allCases {
      #expect(!phrase[language].isEmpty, "\(what) in \(language)")
      #expect(!phrase[language].contains("  "), "\(what) in \(language)")
    }
  }

  @Test func everyCodeHasAWordInBothLanguages() {
    for role in MemberRole.allCases { check(WordTexts.role(role), "\(role)") }
    for status in MemberStatus.allCases { check(WordTexts.status(status), "\(status)") }
    for topic in Topic.allCases { check(WordTexts.topic(topic), "\(topic)") }
    for form in ContactForm.allCases { check(WordTexts.form(form), "\(form)") }
    for state in MatchState.allCases { check(WordTexts.matchState(state), "\(state)") }
    for state in MentorshipState.allCases { check(WordTexts.mentorshipState(state), "\(state)") }
    for answer in Answer.allCases { check(WordTexts.answer(answer), "\(answer)") }
    for kind in BoardTaskKind.allCases { check(WordTexts.boardTask(kind), "\(kind)") }
    for kind in TellMember.Kind.allCases { check(WordTexts.mailKind(kind), "\(kind)") }
    for kind in MailKind.allCases { check(WordTexts.mailKind(kind), "\(kind)") }
    for state in MailState.allCases { check(WordTexts.mailState(state), "\(state)") }
    for reason in MailReason.allCases { check(reason.sentence, reason.code) }
  }

  @Test(arguments: [
    RequestRefusal.notYours(source: "a", principal: "b"), .unknownType("t"), .wrongService(type: "t", service: "s"),
    .notPermitted(type: "t", role: "viewer", roles: ["chair"]),
    .malformed(field: "f", accepts: Phrase(sv: "ett", en: "a")), .missingKey,
    .keyReused, .calendarIsReal, .calendarBackwards, .noSuchDeadLetter(1), .stillFails(Death(.failed)), .failed, .full,
  ])
  func aRefusalSaysWhatAndWhyInBothLanguages(_ refusal: RequestRefusal) {
    check(refusal.title, refusal.code)
    check(refusal.detail, refusal.code)
    #expect(refusal.code.contains("/"))
    #expect(refusal.detail.sv != refusal.detail.en)
  }

  @Test(arguments: [BackupRefusal.noFolder, .running, .exists("one")])
  func aBackupIsRefusedInBothLanguages(_ refusal: BackupRefusal) {
    check(refusal.title, refusal.code)
    check(refusal.detail, refusal.code)
    #expect(refusal.code.hasPrefix("backup/") && refusal.detail.sv != refusal.detail.en)
  }

  @Test(arguments: Death.Cause.allCases) func aDeathIsToldInBothLanguagesAndReadBack(_ cause: Death.Cause) {
    for death in [Death(cause), Death(cause, "a: b")] {
      for attempts in [1, 3] { check(death.sentence(attempts: attempts), death.code) }
      #expect(Death(text: death.text) == death)
    }
    #expect(Death(text: "delivery/invented: x").cause == .refused)
    #expect(Death(text: "").detail == "")
  }

  @Test func headingsHaveTheSameColumnsInBothLanguages() {
    for headings in [
      BoardTexts.memberHeadings, BoardTexts.matchHeadings, BoardTexts.placeHeadings,
      BoardTexts.mentorshipHeadings, MailDeskTexts.headings, BoardTexts.statusHeadings,
      BoardTexts.deadLetterHeadings, BoardTexts.deadLetterFields, OperatorTexts.backupHeadings,
    ] { #expect(headings[.sv].count == headings[.en].count) }
  }

  /// What a field takes is told in both languages, whatever message it belongs to.
  @Test func aFieldSaysWhatItTakes() {
    let row = SchemaRecorder.schema(of: StageImportRows.self)
    for (field, sv, en) in [
      ("data.part", "ett heltal från 1 till", "a whole number from 1 to"),
      ("data.rows", "en lista med högst 100", "100"),
      ("data.rows.3.name", "en text med 1 till", "a text of 1 to"), ("data", "ett JSON-objekt", "a JSON object"),
      ("data.rows.3", "ett JSON-objekt", "a JSON object"), ("data.importId", "tecken som följer ^", "that follows ^"),
    ] {
      let told = FieldTexts.accepted(by: row, at: field)
      #expect(told.sv.contains(sv) && told.en.contains(en), "\(field): \(told)")
    }
    let step = FieldTexts.accepted(by: SchemaRecorder.schema(of: MoveMember.self), at: "data.step")
    #expect(step.sv == "ett av: admit, decline, withdraw, pause, resume, leave")
    let day = FieldTexts.accepted(by: SchemaRecorder.schema(of: MoveMember.self), at: "data.until")
    #expect(day == Phrase(sv: "en dag som 2026-11-24", en: "a day such as 2026-11-24"))
  }
}
