import Foundation
import Messaging
import TestSupport
import Testing

@testable import Contracts

@Suite struct EmailTests {
  static let taken = [
    "asa@example.se", "a.b+c@sub.ex-ample.se", "o'neil@example.org", "asa@xn--keri-poa.se", "åsa@example.se",
    "anna.åkesson@exempel.se", "anna@åkeri.se", "Åsa.Öberg@ÅKERI.se", "anna@åkeri.xn--fiqs8s", "анна@почта.рф",
    "安娜@例子.中国", "zoë-1+å_b@å-b.1å.se", "q\u{307}@å.se", "a\u{30a}sa@a\u{30a}keri.se",
    String(repeating: "å", count: 32) + "@example.se", "a@" + String(repeating: "å", count: 50) + ".se",
  ]
  static let refused = [
    "asa@foo_bar.se", "asa@-example.se", "asa@example", "asa@@example.se", "a b@example.se", "asa@example..se",
    "asa@example.se\r\nBcc: x@example.se", "<asa@example.se>", "åsa", "åsa@", "@åkeri.se", "åsa@åkeri",
    "å sa@example.se",
    "åsa@å@example.se", "åsa@example.se\r\nBcc: x@example.se", "åsa\r\n@example.se", "åsa\0@example.se",
    "å..b@example.se", ".å@example.se", "å.@example.se",
    "<åsa@example.se>",
    "\"åsa\"@example.se", "åsa@foo_bar.se", "åsa@example..se", "åsa@-åkeri.se", "åsa@åkeri-.se", "åsa@ab--å.se",
    // What can't be seen, turns the direction, or is another character in disguise.
    "å\u{ad}sa@example.se", "åsa@å\u{200b}keri.se", "åsa@å\u{200d}keri.se", "å\u{202e}sa@example.se",
    "å\u{2066}sa@example.se", "åsa\u{a0}@example.se", "åsa\u{feff}@example.se", "å\u{3164}@example.se",
    "אבג@example.se", "åsa@אבג.se", "åsa@\u{ff41}keri.se", "åsa@å\u{3002}se", "å\u{ff20}example.se", "å😀@example.se",
    "åsa@☃.se", "\u{301}å@example.se", "å.\u{301}@example.se", "åsa@\u{301}å.se", "å\u{85}@example.se",
    "å\u{2028}@example.se", "å\u{e000}@example.se",
    // 66 bytes before the at sign; a label of 64; a domain of 256.
    String(repeating: "å", count: 33) + "@example.se", "a@" + String(repeating: "å", count: 58) + ".se",
    "a@" + String(repeating: "åååååååååå.", count: 17) + "se",
  ]

  @Test(arguments: taken) func isTaken(_ text: String) { #expect(EmailAddress(rawValue: text) != nil) }
  @Test(arguments: refused) func isRefused(_ text: String) { #expect(EmailAddress(rawValue: text) == nil) }

  @Test(arguments: [
    ("asa@example.se", "asa@example.se"), ("ASA@Example.SE", "ASA@Example.SE"),
    ("anna.åkesson@exempel.se", "anna.åkesson@exempel.se"), ("Anna@ÅKERI.se", "Anna@xn--keri-poa.se"),
    ("anna@å.räksmörgås.se", "anna@xn--5ca.xn--rksmrgs-5wao1o.se"), ("åsa@xn--keri-poa.se", "åsa@xn--keri-poa.se"),
    ("åsa@a\u{30a}keri.se", "åsa@xn--keri-poa.se"), ("no address, å", "no address, å"), ("å@b@☃.se", "å@b@☃.se"),
  ])
  func serversAreToldTheDomainInASCII(_ text: String, _ wire: String) {
    #expect(Array(EmailAddress(unchecked: text).wire.utf8) == Array(wire.utf8))
  }

  @Test func aDecomposedAddressIsTheComposedOne() throws {
    let (one, other) = ("anna.\u{e5}kesson@\u{e5}keri.se", "anna.a\u{30a}kesson@a\u{30a}keri.se")
    let address = try JSONDecoder().decode(EmailAddress.self, from: JSONEncoder().encode(other))
    #expect(Array(address.rawValue.utf8) == Array(one.utf8))
    #expect(Array(try #require(EmailAddress(rawValue: other)).rawValue.utf8) == Array(one.utf8))
  }

  /// RFC 3492, 7.1.
  @Test(arguments: [
    ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
    ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
    ("Pro\u{10D}prost\u{11B}nemluv\u{ED}\u{10D}esky", "Proprostnemluvesky-uyb24dma41a"),
    ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
    ("Porqu\u{E9}nopuedensimplementehablarenEspa\u{F1}ol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
    ("3\u{5E74}B\u{7D44}\u{91D1}\u{516B}\u{5148}\u{751F}", "3B-ww4c5e180e575a65lsy2b"),
    (
      "\u{5B89}\u{5BA4}\u{5948}\u{7F8E}\u{6075}-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"
    ), ("\u{30D1}\u{30D5}\u{30A3}\u{30FC}de\u{30EB}\u{30F3}\u{30D0}", "de-jg4avhby1noc0d"),
    ("\u{305D}\u{306E}\u{30B9}\u{30D4}\u{30FC}\u{30C9}\u{3067}", "d9juau41awczczp"), ("-> $1.00 <-", "-> $1.00 <--"),
  ])
  func punycodeIsThatOfTheRFC(_ text: String, _ code: String) {
    #expect(Punycode.encode(text.unicodeScalars) == code)
    #expect(Punycode.decode(code).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test(arguments: ["a-é", "99999999", "a-b9", "A"]) func whatIsNoPunycodeIsNone(_ code: String) {
    #expect(Punycode.decode(code) == nil)
  }

  /// Python's `idna`, which is not ours, writes the same; and its `re` knows the published pattern, which refuses no
  /// address that is taken.
  @Test func othersWriteTheSameDomains() async throws {
    var random = SeededGenerator(seed: 7)
    let letters = Array("abcxyz019åäöéüßñçøæœłžığαβγπςабвгдежяіћ中文字日本").map(String.init)
    let labels = (0..<2_000).map { _ in
      (0..<Int.random(in: 1...14, using: &random)).map { _ in letters.randomElement(using: &random)! }.joined()
    }
    let ours = labels.map { EmailAddress(unchecked: "a@\($0).se").wire }
    struct Question: Encodable {
      let labels: [String]
      let addresses: [String]
      let pattern: String
    }
    guard case .string(let pattern)? = EmailAddress.schema["pattern"] else {
      Issue.record("no pattern")
      return
    }
    let folder = try TemporaryFolder()
    try JSONEncoder().encode(Question(labels: labels, addresses: Self.taken, pattern: pattern))
      .write(to: URL(fileURLWithPath: folder.path + "/question"))
    let script = """
      import idna, json, re, sys
      question = json.load(open(sys.argv[1]))
      refused = [a for a in question["addresses"] if not re.search(question["pattern"], a)]
      wires = ["a@" + idna.encode(label + ".se").decode() for label in question["labels"]]
      json.dump(refused + wires, sys.stdout)
      """
    let python = Executable.project.appendingPathComponent(".venv/bin/python")
    let outcome = try await Executable.run(python, ["-c", script, folder.path + "/question"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let theirs = try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8))
    #expect(theirs == ours)
  }
}
