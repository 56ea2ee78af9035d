import Foundation
import Store
import TestSupport
import Testing

@Suite struct MarksTests {
  private let marks = Marks(texts: ["Åsa Öberg", "asa.oberg@example.se", "O\"Hara / Ek"], numbers: ["070-123 45 67"])

  @Test(arguments: [
    ("Åsa Öberg ringer", "••• ringer"), ("ring ÅSA ÖBERGS mentor", "ring •••S mentor"),
    ("A\u{30A}sa O\u{308}berg.", "•••."), ("(Asa Oberg)", "(•••)"), ("Öberg, Åsa", "•••"),
    ("skriv till Asa.Oberg@Example.SE!", "skriv till •••!"), (#"{"n":"O\"Hara \/ Ek"}"#, #"{"n":"•••"}"#),
    ("tel 0701234567", "tel •••"), ("+46 (0)70 123 45 67, tack", "•••, tack"), ("0046701234567", "•••"),
    ("070 - 123 45 67 eller Åsa Öberg", "••• eller •••"),
  ])
  func takesOutHoweverItIsWritten(text: String, left: String) {
    #expect(marks.redacted(text) == left)
  }

  @Test(arguments: ["", "Åsa", "Öberg", "Åsa Ö", "Anna-Å sa Öberg", "xÅsa Öberg", "0701234568", "1070123456", "•••"])
  func leavesTheRest(text: String) {
    #expect(marks.redacted(text) == nil)
  }

  /// Seeded, so that what fails can be had again.
  @Test func findsItWhereverItStandsInALongText() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let words = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        String((0..<Int.random(in: 1...9, using: &random)).map { _ in "abcåäöé1-".randomElement(using: &random)! })
      }
      let place = Int.random(in: 0...words.count, using: &random)
      let text = (words[..<place] + ["Åsa Öberg"] + words[place...]).joined(separator: " ")
      #expect(marks.redacted(text) == text.replacing("Åsa Öberg", with: "•••"), "\(text)")
      #expect(marks.redacted(words.joined(separator: " ")) == nil)
    }
  }

  @Test func theListKeepsWhatFindsAndNoText() throws {
    let folder = try TemporaryFolder()
    let (path, beside) = (folder.path + "/state/erasures", folder.path + "/backups/erasures")
    let list = ErasureList(path, beside)
    let entry = ErasureList.Entry(erasure: "e-1", member: "m-1", marks)
    try list.add(entry)
    try list.add(entry)
    // A crash cuts the next line short.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(#"{"erasure":"e-"#.utf8))
    try file.close()
    #expect(try list.entries() == [entry])
    try list.add(ErasureList.Entry(erasure: "e-2", member: "m-2", marks))
    #expect(try list.entries().map(\.erasure) == ["e-1", "e-2"])
    #expect(try list.entries()[0].asMarks.redacted("Åsa Öberg") == "•••")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for part in ["berg", "Åsa", "070123", "4567"] { #expect(!text.contains(part)) }
    // Another machine has what stands beside the backups alone.
    try FileManager.default.removeItem(atPath: path)
    #expect(try list.entries().map(\.erasure) == ["e-1", "e-2"])
  }
}
