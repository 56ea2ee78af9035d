import Contracts
import Foundation
import Messaging
import ServiceRuntime
import TestSupport
import Testing
import Texts

@testable import NotificationService

@Suite struct MailTemplateTests {
  static let asa = AddressBook.Entry(
    name: PersonName(unchecked: "Åsa Öberg"), email: EmailAddress(unchecked: "asa@example.se"), language: .sv)
  static let bo = AddressBook.Entry(
    name: PersonName(unchecked: "Bo Ek"), email: EmailAddress(unchecked: "bo@example.se"), language: .en)
  static let moment = Day(2026, 9, 1)!.at(hour: 6)

  static func notifier(_ environment: [String: String] = [:]) throws -> Notifier {
    try Notifier(settings: try MailSettings(environment), channel: Maildir(path: "none"))
  }

  static func task(_ kind: TellMember.Kind, _ party: Party, day: Day? = Day(2026, 11, 24)) -> TellMember {
    var task = TellMember.sample(kind, to: MemberID(unchecked: "m-asa"), today: Day(2026, 11, 10)!)
    task.task = TaskID(unchecked: "p-1-\(kind.rawValue)-\(party.rawValue)")
    task.mentorship = MentorshipID(unchecked: "p-1")
    task.party = party
    task.day = day
    return task
  }

  static func message(
    _ kind: TellMember.Kind, _ party: Party = .mentor, _ language: Language = .sv, day: Day? = Day(2026, 11, 24),
    environment: [String: String] = [:]
  ) throws -> MailMessage {
    let reader = AddressBook.Entry(name: asa.name, email: asa.email, language: language)
    return try notifier(environment).compose(
      task(kind, party, day: day), as: party, to: reader, about: bo, at: moment)
  }

  // MARK: The certificate

  @Test(arguments: Party.allCases, Language.allCases)
  func `whoever has completed a mentorship gets a certificate of their own`(party: Party, language: Language) throws {
    let mail = try Self.message(
      .completed, party, language,
      environment: [
        "HANDSLAG_MAIL_COORDINATOR": "Karin Berg <karin@example.se>", "HANDSLAG_ASSOCIATION": "Handledare & Co",
      ])
    let page = try #require(mail.certificate)
    for words in [
      "Åsa Öberg", "Bo Ek", "Handledare &amp; Co", "Karin Berg", CertificateTexts.role(party)[language],
      Day(2025, 11, 10)!.inWords[language], Day(2026, 11, 10)!.inWords[language], MailTexts.months(12)[language],
      Day(of: Self.moment).inWords[language],
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("http") && !page.contains("<script"))
    let bytes = String(decoding: try mail.bytes(), as: UTF8.self)
    #expect(bytes.contains("filename=\"intyg.html\"") && bytes.components(separatedBy: "=_mixed").count == 5)
    #expect(mail.text.contains("intyg.html"))
  }

  @Test(arguments: Party.allCases, Language.allCases)
  func `a pair that never talked gets none, and is told so kindly`(party: Party, language: Language) throws {
    var task = Self.task(.completed, party)
    task.certificate = nil
    let reader = AddressBook.Entry(name: Self.asa.name, email: Self.asa.email, language: language)
    let mail = try Self.notifier().compose(task, as: party, to: reader, about: Self.bo, at: Self.moment)
    #expect(mail.certificate == nil && !mail.text.contains("intyg.html"))
    #expect(mail.text.contains(language == .sv ? "ingens fel" : "nobody's fault"))
  }

  // MARK: What every mail has

  @Test(arguments: TellMember.Kind.allCases, Party.allCases)
  func `every mail says who the other is, why it comes, and whom to ask`(kind: TellMember.Kind, party: Party) throws {
    for language in Language.allCases {
      let mail = try Self.message(
        kind, party, language, environment: ["HANDSLAG_MAIL_COORDINATOR": "Karin Berg <karin@example.se>"])
      #expect(mail.text.contains("Bo Ek") && mail.text.contains("Åsa"))
      #expect(mail.text.contains(MailTexts.why(kind, party)[language]))
      #expect(mail.text.contains("Karin Berg, karin@example.se"))
      #expect(mail.replyTo?.address == "karin@example.se")
      // No hole is left where a value is missing, and no tag.
      for text in [mail.subject, mail.text, mail.html ?? ""] {
        #expect(!text.contains("{{") && !text.contains("nil") && !text.contains("Optional"))
      }
      for text in [mail.subject, mail.text] {
        #expect(!text.contains(" .") && !text.contains(" ,"), "\(text)")
        let lines = text.split(separator: "\n").filter { $0 != "-- " }
        #expect(!lines.contains { $0.contains("  ") || $0.hasSuffix(" ") }, "\(text)")
      }
    }
    #expect(try Self.message(kind, party, .sv).subject != Self.message(kind, party, .en).subject)
  }

  @Test(arguments: TellMember.Kind.allCases, Party.allCases)
  func `the day is told where the kind has one, and no text has a hole without it`(
    kind: TellMember.Kind, party: Party
  ) throws {
    for language in Language.allCases {
      let with = try Self.message(kind, party, language)
      let without = try Self.message(kind, party, language, day: nil)
      let hasDay = MailValues.names(kind).contains("day")
      #expect(with.text.contains("24 november 2026") || with.text.contains("24 November 2026") || !hasDay)
      #expect(!without.text.contains("2026"))
      #expect((with.text == without.text) == !hasDay)
    }
  }

  @Test func `addresses are told only once both have accepted, and never after an end`() throws {
    for kind in TellMember.Kind.allCases {
      for party in Party.allCases {
        let tells = [.welcome, .firstContactReminder].contains(kind)
        let mail = try Self.message(kind, party)
        #expect(mail.text.contains("bo@example.se") == tells, "\(kind)")
        #expect(mail.html?.contains("mailto:bo@example.se") == tells, "\(kind)")
      }
    }
  }

  @Test func `a protected address stands in no mail`() throws {
    let other = AddressBook.Entry(
      name: Self.bo.name, email: Self.bo.email, language: .sv, isProtected: true)
    for kind in TellMember.Kind.allCases {
      let message = try Self.notifier().compose(
        Self.task(kind, .adept), as: .adept, to: Self.asa, about: other, at: Self.moment)
      #expect(!message.text.contains("bo@example.se") && message.html?.contains("bo@example.se") == false, "\(kind)")
      #expect(message.text.contains("Bo Ek"))
    }
  }

  @Test(arguments: TellMember.Kind.allCases)
  func `each choice is a link that opens a mail with the token in its subject, or a page`(kind: TellMember.Kind) throws
  {
    let choices = Self.task(kind, .mentor).choices?.elements ?? []
    let mail = try Self.message(kind, environment: ["HANDSLAG_MAIL_ANSWERS": "svar@example.se"])
    for choice in choices {
      let links = mail.text.split(separator: "\n").filter { $0.hasPrefix("mailto:svar@example.se?subject=") }
      let subjects = links.compactMap { $0.split(separator: "=").last?.removingPercentEncoding }
      #expect(subjects.contains { AnswerSubject(text: "SV: " + $0) == AnswerSubject(choice) })
      #expect(mail.html?.contains(MailContent.escaped(WordTexts.answer(choice.answer).sv)) == true)
    }
    #expect(mail.text.contains("mailto:") == !choices.isEmpty)
    let page = try Self.message(kind, environment: ["HANDSLAG_BASE_URL": "https://mentorskap.example.se/"])
    #expect(!page.text.contains("mailto:"))
    for choice in choices {
      #expect(page.text.contains("https://mentorskap.example.se/answer/\(choice.token.rawValue)"))
    }
  }

  @Test func `each address in a text is one link, whichever others look like it`() {
    let content = MailContent(
      language: .sv, subject: "",
      sections: [.init(paragraphs: ["anna@x.se, hanna@x.se och anna@x.se.nu: <anna@x.se>."])],
      signature: "S", notes: ["Skriv till anna@x.se! Eller till o'anna@x.se?"],
      // The coordinator is herself the mentor, and somebody is erased.
      addresses: ["anna@x.se", "hanna@x.se", "anna@x.se", "x.se", "o'anna@x.se", ""])
    func link(_ address: String, _ encoded: String? = nil) -> String {
      "<a href=\"mailto:\(encoded ?? address)\">\(MailContent.escaped(address))</a>"
    }
    let (anna, hanna, oanna) = (link("anna@x.se"), link("hanna@x.se"), link("o'anna@x.se", "o%27anna@x.se"))
    #expect(content.html.contains("<p>\(anna), \(hanna) och anna@x.se.nu: &lt;\(anna)&gt;.</p>"))
    #expect(content.html.contains("<p>Skriv till \(anna)! Eller till \(oanna)?</p>"))
  }

  @Test func `dates are an attachment that a calendar reads`() throws {
    var task = Self.task(.welcome, .mentor)
    task.events = Bounded([
      CalendarEvent(
        uid: TaskID(unchecked: "p-1-first-contact"), sequence: Count(2), isCancelled: false, what: .firstContact,
        day: Day(2026, 9, 15)!, kommun: KommunCode(unchecked: "1480"))
    ])
    let other = AddressBook.Entry(
      name: PersonName(unchecked: "Bo; Ek, \\ Märta-Ingegärd Elisabet af Åkerström-Söderström"), email: Self.bo.email,
      language: .sv)
    let notifier = try Self.notifier(["HANDSLAG_MAIL_FROM": "Mentorskapet på Å <mentorskap@åland.se>"])
    let bytes = try notifier.compose(task, as: .mentor, to: Self.asa, about: other, at: Self.moment).bytes()
    let mail = try ParsedMail.read(bytes)
    #expect(mail.defects == [] && mail.contentType == "multipart/mixed")
    let calendar = try #require(mail.calendar)
    for line in [
      "UID:p-1-first-contact@handslag.local", "SEQUENCE:2", "DTSTART;VALUE=DATE:20260915",
      "DTEND;VALUE=DATE:20260916", "LOCATION:Göteborg", "DTSTAMP:20260901T040000Z",
      "ORGANIZER;CN=\"Mentorskapet på Å\":mailto:mentorskap@xn--land-poa.se",
    ] { #expect(calendar.contains(line + "\n"), "\(line)") }
    #expect(calendar.replacing("\n ", with: "").contains(#"Bo\; Ek\, \\ Märta-Ingegärd"#))
    #expect(calendar.split(separator: "\n").allSatisfy { $0.utf8.count <= 75 })
  }

  // MARK: Nothing that people write is more than text

  static let injections = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{other}} {{{name}}} {{> x}} {{#mentor}}",
    "&lt;b&gt; &amp; 'quoted'", "a\u{2028}b\u{0085}c", "Bo Ek https://evil.example/", "=_alternative --=_alternative--",
  ]

  @Test(arguments: injections) func `a name is a name`(name: String) throws {
    let other = AddressBook.Entry(name: PersonName(unchecked: name), email: Self.bo.email, language: .sv)
    for kind in TellMember.Kind.allCases {
      let message = try Self.notifier().compose(
        Self.task(kind, .adept), as: .adept, to: Self.asa, about: other, at: Self.moment)
      let html = try #require(message.html)
      for markup in ["<script", "<img", "onerror=alert(1)>", "href=\"https://evil"] { #expect(!html.contains(markup)) }
      let shown = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(message.text.contains(shown) && html.contains(MailContent.escaped(shown)))
    }
  }

  /// Of the reader and of the other, in what is attached as well.
  @Test(arguments: injections) func `a name is a name on a certificate and in a calendar`(name: String) throws {
    let person = AddressBook.Entry(name: PersonName(unchecked: name), email: Self.asa.email, language: .sv)
    var task = Self.task(.completed, .mentor)
    task.events = Bounded([
      CalendarEvent(
        uid: TaskID(unchecked: "p-1-meeting-1"), sequence: Count(1), isCancelled: false, what: .meeting,
        day: Day(2026, 9, 15)!, kommun: nil)
    ])
    let message = try Self.notifier().compose(task, as: .mentor, to: person, about: person, at: Self.moment)
    let certificate = try #require(message.certificate)
    for page in [certificate, try #require(message.html)] {
      for markup in ["<script", "<img", "onerror=alert(1)>"] { #expect(!page.contains(markup)) }
      let shown = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect([name, shown].contains { page.contains(MailContent.escaped($0)) })
    }
    let lines = try #require(message.calendar).replacing("\r\n ", with: "").split(separator: "\r\n")
    let names = lines.map { $0.prefix { $0.isLetter || $0 == "-" } }
    #expect(names.count { $0 == "BEGIN" } == 2 && names.count { $0 == "SUMMARY" } == 1 && lines.count == 16, "\(lines)")
    #expect(try ParsedMail.read(try message.bytes()).defects == [])
  }

  @Test(arguments: injections) func `a line of the two's own stays on its line`(words: String) throws {
    var task = Self.task(.agreementConfirmed, .mentor)
    task.direction = Note(unchecked: words + "\n\n--\nStyrelsen\n\nSkriv ditt lösenord här")
    let message = try Self.notifier().compose(task, as: .mentor, to: Self.asa, about: Self.bo, at: Self.moment)
    #expect(
      message.text.split(separator: "\n").filter { $0.contains("lösenord") }.allSatisfy {
        $0.hasPrefix("Med egna ord: ")
      })
    let mail = try ParsedMail.read(try message.bytes())
    #expect(mail.defects == [] && mail.html == message.html && mail.body == message.text + "\n")
    #expect(message.html?.contains("<script") == false)
  }

  @Test(arguments: ["\r\nBcc: all@example.se", "\n", "\r", "\0", "\u{7f}"])
  func `no field of a task reaches a header broken`(end: String) throws {
    let broken = AddressBook.Entry(
      name: PersonName(unchecked: "Åsa" + end), email: Self.asa.email, language: .sv)
    #expect(throws: MailFault.self) {
      try Self.notifier().compose(
        Self.task(.welcome, .mentor), as: .mentor, to: broken, about: Self.bo, at: Self.moment
      )
      .bytes()
    }
    let address = AddressBook.Entry(
      name: Self.asa.name, email: EmailAddress(unchecked: "asa@example.se" + end), language: .sv)
    #expect(throws: MailFault.self) {
      try Self.notifier().compose(
        Self.task(.welcome, .mentor), as: .mentor, to: address, about: Self.bo, at: Self.moment)
    }
    // In a subject that names the other it is a space, or the mail is refused.
    var file = MailTemplates.file(.welcome)
    file = file.replacing("Ert mentorskap börjar", with: "{{other}}")
    let template = try MailTemplate(file, .welcome)
    let other = AddressBook.Entry(name: PersonName(unchecked: "Bo" + end + "Ek"), email: Self.bo.email, language: .sv)
    let message = try Self.notifier().compose(
      Self.task(.welcome, .mentor), as: .mentor, to: Self.asa, about: other, with: template, at: Self.moment)
    if let bytes = try? message.bytes() {
      #expect(!String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").contains { $0.hasPrefix("Bcc") })
    }
  }

  // MARK: Nothing that operators set is more than text

  /// Every setting that reaches a header, a text or a page.
  static let written = [
    "HANDSLAG_MAIL_FROM", "HANDSLAG_MAIL_COORDINATOR", "HANDSLAG_MAIL_ANSWERS", "HANDSLAG_ASSOCIATION",
    "HANDSLAG_BASE_URL", "HANDSLAG_SMTP_SERVER", "HANDSLAG_SMTP_USER",
  ]

  @Test(arguments: written, ["\r\nBcc: all@example.se", "\n.\nX: y", "\r", "\0", "\u{1b}[2J", "\u{7f}"])
  func `no setting has a line break or a control character`(name: String, end: String) throws {
    let rights = [
      "HANDSLAG_ASSOCIATION": "Handledarna", "HANDSLAG_BASE_URL": "https://mentorskap.example.se",
      "HANDSLAG_SMTP_SERVER": "smtp://mail.example.se:587", "HANDSLAG_SMTP_USER": "handslag",
    ]
    let right = rights[name] ?? "Karin Berg <karin@example.se>"
    for value in [right + end, end + right, "\(right.prefix(12))\(end)\(right.dropFirst(12))"] {
      let refusal = try #require(ServiceOptions(environment: [name: value]).settings.refusal())
      #expect(refusal.contains(name), "\(refusal)")
    }
    #expect(ServiceOptions(environment: [name: right]).settings.refusal() == nil)
  }

  @Test(arguments: injections.filter { !$0.contains("\u{2028}") })
  func `the names that are set are names, in every mail and on certificates`(name: String) throws {
    let environment = [
      "HANDSLAG_MAIL_FROM": "\"\(name)\" <mentorskap@example.se>",
      "HANDSLAG_MAIL_COORDINATOR": "\"\(name)\" <karin@example.se>", "HANDSLAG_ASSOCIATION": name,
    ]
    for (kind, language) in TellMember.Kind.allCases.flatMap({ kind in Language.allCases.map { (kind, $0) } }) {
      let message = try Self.message(kind, .adept, language, environment: environment)
      let bytes = try message.bytes()
      let fields = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")[0]
        .components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
      #expect(Set(fields).count == fields.count && fields.allSatisfy(Self.fields.contains), "\(fields)")
      for page in [message.html ?? "", message.certificate ?? ""] {
        for markup in ["<script", "<img", "onerror=alert(1)>", "href=\"https://evil"] {
          #expect(!page.contains(markup))
        }
      }
      #expect(message.text.contains(name) && message.html?.contains(MailContent.escaped(name)) == true)
      if let certificate = message.certificate { #expect(certificate.contains(MailContent.escaped(name))) }
    }
    let mail = try ParsedMail.read(try Self.message(.completed, environment: environment).bytes())
    #expect(mail.defects == [] && mail.from == [[name, "mentorskap@example.se"]])
  }

  static let fields: Set<Substring> = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "Content-Language", "List-Unsubscribe", "MIME-Version", "Content-Type",
  ]

  @Test(arguments: [
    "https://a.se/\"><script>alert(1)</script>", "https://a.se/<b>", "javascript:alert(1)", "https://a.se/å",
    "https://a.se/ b", "https://a.se/?x=1", "https://a.se/#x", "http://a.se",
  ])
  func `a web address that is set is one, or is refused by name`(address: String) {
    let fault = #expect(throws: MailSettings.Fault.self) { try MailSettings(["HANDSLAG_BASE_URL": address]) }
    #expect(fault?.sentence.sv.contains("HANDSLAG_BASE_URL") == true)
  }

  /// What RFC 5322 lets stand in an address is not markup either, and fills no hole.
  @Test func `an address is an address`() throws {
    let address = "o'ek&{{other}}#{{{name}}}`$@example.se"
    #expect(EmailAddress(rawValue: address) != nil)
    let other = AddressBook.Entry(name: Self.bo.name, email: EmailAddress(unchecked: address), language: .sv)
    let message = try Self.notifier().compose(
      Self.task(.welcome, .adept), as: .adept, to: other, about: other, at: Self.moment)
    #expect(message.text.contains(address))
    #expect(message.html?.contains(">\(MailContent.escaped(address))</a>") == true)
    #expect(message.html?.contains("mailto:o%27ek%26%7B%7Bother%7D%7D") == true)
    let mail = try ParsedMail.read(try message.bytes())
    #expect(mail.to == [["Bo Ek", address]] && mail.defects == [])
  }

  // MARK: The board's own files

  @Test(arguments: TellMember.Kind.allCases)
  func `a template as a file comes to what it came to before`(kind: TellMember.Kind) throws {
    let standard = try MailTemplate(standard: kind)
    let file = "# En kommentar.\r\n\r\n" + MailTemplates.file(kind).replacing("\n", with: "\r\n")
    let read = try MailTemplate(file, kind)
    let values = MailValues(Self.task(kind, .adept), party: .adept, to: Self.asa, about: Self.bo)
    for language in Language.allCases {
      #expect(standard.render(values, language).subject == read.render(values, language).subject)
      #expect(standard.render(values, language).paragraphs == read.render(values, language).paragraphs)
    }
  }

  @Test(arguments: [
    ("== sv\nHej\n\nHej {{name}}", 4, MailTexts.TemplateFault.missingLanguage(.en)),
    ("Hej\n== sv\nHej", 1, .textBeforeLanguage),
    ("== sv\n\nText\n== en\nA\n\nB", 2, .noSubject),
    ("== sv\nÄmne\n\n== en\nA\n\nB", 2, .noBody),
    ("== sv\nÄ\n\nT\n== en\nA\n\nB\n== sv\nÄ\n\nT", 9, .repeatedLanguage(.sv)),
    ("== sv\nÄ\n\nHej {{ namn }}\n== en\nA\n\nB", 4, .unknownVariable("namn", accepted: MailValues.names(.invitation))),
    // An invitation has no address to tell.
    (
      "== sv\nÄ\n\nT\n== en\nA\n\nB {{otherAddress}}", 8,
      .unknownVariable("otherAddress", accepted: MailValues.names(.invitation))
    ),
    ("== sv\nÄ\n\n{{#mentor}}T\n== en\nA\n\nB", 4, .unbalanced("mentor")),
    ("== sv\nÄ\n\nT {{> other}}\n== en\nA\n\nB", 4, .notATag("{{> other}}")),
    ("== sv\nÄ\n\nT {{{name}}}\n== en\nA\n\nB", 4, .notATag("{{{name}}")),
    ("== sv\nÄ\n\nT {{=<% %>=}}\n== en\nA\n\nB", 4, .notATag("{{=<% %>=}}")),
    ("== sv\nÄ\n\nT {{name\n== en\nA\n\nB", 4, .notATag("{{name")),
    ("== sv\nÄ\u{1b}[2J\n\nT\n== en\nA\n\nB", 2, .control),
    ("== sv\nÄ\n\nT\u{7f}\n== en\nA\n\nB", 4, .control),
    ("== sv\nÄ {{mentor}}\n\nT\n== en\nA\n\nB", 2, .onlyASection("mentor")),
    ("== sv\n{{#mentor}}Ä{{/mentor}}\n\nT\n== en\nA\n\nB", 2, .emptySubject),
    ("== sv\nÄ\n\nT\n== en\n{{#day}}A{{/day}}\n\nB", 6, .emptySubject),
    ("== sv\nÄ\n\n{{#adept}}T{{/adept}}\n== en\nA\n\nB", 3, .emptyText),
    ("== sv\n" + String(repeating: "Ä", count: 201) + "\n\nT\n== en\nA\n\nB", 2, .tooLong(limit: 200)),
    ("== sv\nÄ\n\nT\n== en\nA\n\n" + String(repeating: "B", count: 20_000), 1, .tooLong(limit: 20_000)),
  ])
  func `a wrong file is refused with its line`(file: String, line: Int, fault: MailTexts.TemplateFault) throws {
    #expect(throws: MailTemplate.Fault(line: line, fault: fault)) { try MailTemplate(file, .invitation) }
  }

  @Test func `a folder's files take the place of the association's, and a wrong one is told by name and line`() throws {
    let folder = try TemporaryFolder()
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }
    try write("welcome.txt", "== sv\nVälkommen {{firstName}}\n\nHej!\n\n== en\nWelcome\n\nHello!\n")
    try write("notes.md", "not a template")
    var settings = try MailSettings([:])
    settings.templates = folder.path
    let notifier = try Notifier(settings: settings, channel: Maildir(path: "none"))
    let message = try notifier.compose(
      Self.task(.welcome, .mentor), as: .mentor, to: Self.asa, about: Self.bo, at: Self.moment)
    #expect(message.subject == "Välkommen Åsa" && message.text.hasPrefix("Hej!"))
    // What every mail has is there all the same.
    #expect(message.text.contains(MailTexts.why(.welcome, .mentor).sv))

    // A wrong one is told by name and line, and people are told what the association's own says.
    try write("welcome.txt", "== sv\nVälkommen\n\nHej {{fornamn}}!\n\n== en\nWelcome\n\nHello!\n")
    try write("hello.txt", "")
    try Data("== sv\nV\u{e4}lkommen".unicodeScalars.map { UInt8($0.value) })
      .write(to: URL(filePath: "\(folder.path)/ended.txt"))
    let faults = try Templates(folder: folder.path).faults.map(\.sv)
    #expect(faults.count == 3)
    #expect(faults.contains { $0.contains("welcome.txt") && $0.contains("rad 4: {{fornamn}}") })
    #expect(faults.contains { $0.contains("hello.txt") && $0.contains("welcome.txt") })
    #expect(faults.contains { $0.contains("ended.txt") && $0.contains("UTF-8") })
    let standing = try Notifier(settings: settings, channel: Maildir(path: "none"))
    #expect(
      try standing.compose(Self.task(.welcome, .mentor), as: .mentor, to: Self.asa, about: Self.bo, at: Self.moment)
        .subject == "Ert mentorskap börjar")
    #expect(try Templates(folder: folder.path + "/none", isExpected: true).faults.count == 1)
    #expect(try Templates(folder: folder.path + "/none").faults.isEmpty)
  }

  @Test func `a file of another editor is read all the same`() throws {
    let template = try MailTemplate("\u{FEFF}" + MailTemplates.file(.welcome).replacing("\n", with: "\r\n"), .welcome)
    let values = MailValues(Self.task(.welcome, .adept), party: .adept, to: Self.asa, about: Self.bo)
    #expect(template.render(values, .sv).subject == "Ert mentorskap börjar")
  }

  /// The association's own are not rendered at each start, so here.
  @Test(arguments: TellMember.Kind.allCases)
  func `the association's own templates pass what the board's must`(kind: TellMember.Kind) throws {
    _ = try MailTemplate(MailTemplates.file(kind), kind)
  }
}
