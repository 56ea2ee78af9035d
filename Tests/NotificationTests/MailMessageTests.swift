import Contracts
import Foundation
import Messaging
import Testing
import Texts

@testable import NotificationService

@Suite struct MailMessageTests {
  static let names = [
    #"Åsa Öberg-Lindström, "ÅÖ""#,
    "Anna Berg",
    #"Anna "Backslash \" Berg"#,
    "A, B; C <x@y.se> (Z)",
    "=?UTF-8?Q?Anna?= Berg",
    "Märta-Ingegärd Elisabet af Åkerström-Söderström von Östergötland på Hökåsen",
    "Margareta Elisabeth Christina Wilhelmina Fredrika Johansson-Andersson-Berg",
    String(repeating: "x", count: 80),
    String(repeating: "å", count: 80),
    "Zoë 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 Ångström",
    "E\u{301}ric " + String(repeating: "\u{301}", count: 60),
  ]

  private func message(
    name: String = "Anna Berg", address: String = "anna@example.se", subject: String = "Hej", text: String = "Hej!"
  ) throws -> MailMessage {
    MailMessage(
      from: try MailAddress(parsing: "Mentorskapet <mentorskap@localhost>", field: "From"),
      to: try MailAddress(name: name, address: address, field: "To"), subject: subject, text: text,
      date: Timestamp(milliseconds: 1_795_503_600_000), id: "p-1-welcome-mentor", thread: "p-1.m-1")
  }

  /// What every mail must be on the wire, whatever stands in it.
  private func checkLines(_ bytes: Data) {
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(bytes.allSatisfy { $0 < 0x80 }, "all is ASCII")
    #expect(!text.replacing("\r\n", with: "").utf8.contains { $0 == 13 || $0 == 10 }, "no bare CR or LF")
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
    for line in parts[0].split(separator: "\r\n") {
      #expect(line.utf8.count <= 76, "\(line)")
      for word in line.split(separator: " ") where word.hasPrefix("=?") {
        #expect(word.utf8.count <= 75 && word.hasSuffix("?="), "\(word)")
      }
    }
    for line in parts[1].split(separator: "\r\n") { #expect(line.utf8.count <= 76, "\(line)") }
  }

  @Test(arguments: names)
  func `a name reads back as it was, to whomever`(name: String) throws {
    let bytes = try message(name: name).bytes()
    let read = try ParsedMail.read(bytes)
    #expect(read.to == [[name, "anna@example.se"]])
    #expect(read.defects == [])
    checkLines(bytes)
  }

  @Test(
    arguments: names + [
      "two  spaces", " at the ends ", "Ångström " + String(repeating: "och så vidare ", count: 20) + ".",
    ])
  func `a subject reads back as it was`(subject: String) throws {
    let bytes = try message(subject: subject).bytes()
    let read = try ParsedMail.read(bytes)
    #expect(read.subject == subject)
    #expect(read.defects == [])
    checkLines(bytes)
  }

  @Test(arguments: [
    "Hej Åsa!\n\nVi ses.\n\nStyrelsen", "trailing space \nand tab\t\nend", "a=b =C3 ==", "\r\nold\rmac\r\n",
    ".\nFrom here\n..", String(repeating: "åäö ", count: 300), String(repeating: "x", count: 2000), "👩‍👩‍👧‍👦",
  ])
  func `a text reads back as it was`(text: String) throws {
    let bytes = try message(text: text).bytes()
    let read = try ParsedMail.read(bytes)
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    #expect(read.body == (lines.hasSuffix("\n") ? lines : lines + "\n"))
    #expect(read.contentType == "text/plain" && read.charset == "utf-8")
    #expect(read.defects == [])
    checkLines(bytes)
  }

  @Test func `each encoded word can be read by itself`() throws {
    for name in MailMessageTests.names {
      for word in HeaderField.encodedWords(name) {
        var bytes: [UInt8] = []
        var rest = word.utf8.dropFirst(10).dropLast(2)
        while let byte = rest.popFirst() {
          if byte == UInt8(ascii: "=") {
            bytes.append(UInt8(String(rest.prefix(2))!, radix: 16)!)
            rest = rest.dropFirst(2)
          } else {
            bytes.append(byte)
          }
        }
        #expect(String(validating: bytes, as: UTF8.self) != nil, "\(word)")
      }
    }
  }

  @Test(arguments: ["\r\nBcc: all@example.se", "\nX: y", "\r", "\0", "\u{1b}[2J", "\u{7f}", "\t"])
  func `nothing gets into the header from a field`(injected: String) throws {
    let control = MailSettingsTexts.FieldFault.control
    #expect(throws: MailFault(field: "To", reason: control)) { try message(name: "Anna" + injected) }
    #expect(throws: MailFault(field: "To", reason: .address)) {
      try message(address: "anna\(injected)@example.se")
    }
    #expect(throws: MailFault(field: "To", reason: .address)) {
      try message(address: "anna@example.se" + injected)
    }
    #expect(throws: MailFault(field: "Subject", reason: control)) {
      try message(subject: "Hej" + injected).bytes()
    }
    var mail = try message()
    mail.id = "p-1" + injected
    #expect(throws: MailFault(field: "Message-ID", reason: .identifier)) { try mail.bytes() }
    mail = try message()
    mail.thread = "p-1" + injected
    #expect(throws: MailFault(field: "References", reason: .identifier)) { try mail.bytes() }
    mail = try message()
    mail.headers = [.init(name: "X-One", value: "a" + injected)]
    #expect(throws: MailFault(field: "X-One", reason: control)) { try mail.bytes() }
    mail.headers = [.init(name: "X-One" + injected, value: "a")]
    #expect(throws: MailFault.self) { try mail.bytes() }
  }

  @Test(arguments: ["anna", "@example.se", "anna@", "anna@-a.se", "anna@a..se", "anna @a.se"])
  func `an address that a header can't carry is refused`(address: String) {
    #expect(throws: MailFault(field: "To", reason: .address)) { try message(address: address) }
  }

  @Test(arguments: [
    ("anna@åkeri.se", "anna@xn--keri-poa.se"), ("anna@a\u{30a}keri.se", "anna@xn--keri-poa.se"),
    ("anna.åkesson@exempel.se", "anna.åkesson@exempel.se"), ("anna.a\u{30a}@åkeri.se", "anna.å@xn--keri-poa.se"),
  ])
  func `an address with other letters reads back, in ASCII where there is a way`(address: String, header: String)
    throws
  {
    let bytes = try message(name: "Anna Åkesson", address: address).bytes()
    let read = try ParsedMail.read(bytes)
    #expect(read.to == [["Anna Åkesson", header]] && read.defects == [])
    let line = try #require(
      String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix("To: ") })
    #expect(Array(line.utf8) == Array("To: =?UTF-8?Q?Anna_=C3=85kesson?= <\(header)>".utf8))
    // All else is ASCII, whatever the address.
    let rest = String(decoding: bytes, as: UTF8.self).replacing(line, with: "")
    #expect(rest.utf8.allSatisfy { $0 < 0x80 } && line.utf8.count <= 76)
  }

  @Test(arguments: [
    "å sa@example.se", "<åsa@example.se>", "å\u{202e}sa@example.se", "å\u{200b}sa@example.se", "å,b@example.se",
    "åsa@\r\nexample.se",
  ])
  func `a header carries no other signs in an address`(address: String) {
    #expect(throws: MailFault.self) { try message(address: address) }
  }

  @Test(arguments: ["From", "HANDSLAG_MAIL_FROM"])
  func `the association's own addresses are such that everybody can write there`(field: String) throws {
    #expect(throws: MailFault(field: field, reason: .localPart)) {
      try MailAddress(parsing: "Mentorskapet <mentorskåp@example.se>", field: field)
    }
    #expect(throws: MailFault(field: field, reason: .domain)) {
      try MailAddress(parsing: "mentorskap@☃.se", field: field)
    }
    let sender = try MailAddress(parsing: "Mentorskapet <mentorskap@åkeri.se>", field: field)
    #expect(sender.address == "mentorskap@åkeri.se" && sender.wire == "mentorskap@xn--keri-poa.se")
  }

  @Test(arguments: [
    ("Mentorskapet <mentorskap@localhost>", "Mentorskapet", "mentorskap@localhost"),
    (#""Föreningen, styrelsen" <styrelsen@example.se>"#, "Föreningen, styrelsen", "styrelsen@example.se"),
    ("styrelsen@example.se", nil, "styrelsen@example.se"),
    ("<styrelsen@example.se>", nil, "styrelsen@example.se"),
  ])
  func `a sender is read from the setting`(text: String, name: String?, address: String) throws {
    let sender = try MailAddress(parsing: text, field: "From")
    #expect(sender.name == name)
    #expect(sender.address == address)
  }

  @Test func `an unusual but legal address is quoted`() throws {
    let bytes = try message(address: "anna..berg@example.se").bytes()
    #expect(String(decoding: bytes, as: UTF8.self).contains(#"To: "Anna Berg" <"anna..berg"@example.se>"#))
    let read = try ParsedMail.read(bytes)
    #expect(read.to.count == 1)
    #expect(read.defects == [])
  }

  @Test(arguments: [
    ("2026-11-24T07:08:09.000Z", "Tue, 24 Nov 2026 08:08:09 +0100"),
    ("2026-07-01T22:30:00.000Z", "Thu, 02 Jul 2026 00:30:00 +0200"),
    ("2026-12-31T23:30:00.000Z", "Fri, 01 Jan 2027 00:30:00 +0100"),
  ])
  func `the date is as clocks in Sweden show it`(moment: String, header: String) throws {
    #expect(MailMessage.text(of: Timestamp(text: moment)!) == header)
  }

  @Test func `the same mail has the same bytes, and belongs to its thread`() throws {
    let bytes = try message().bytes()
    #expect(try message().bytes() == bytes)
    let read = try ParsedMail.read(bytes)
    #expect(read.messageID == "<p-1-welcome-mentor@handslag.local>")
    #expect(read.inReplyTo == "<p-1.m-1@handslag.local>" && read.references == read.inReplyTo)
  }
}
