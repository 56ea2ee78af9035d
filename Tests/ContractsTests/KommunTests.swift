import Contracts
import Testing

@Suite struct KommunTests {
  @Test func knowsThemAll() {
    #expect(Kommun.all.count == 290)
    #expect(County.all.count == 21)
    #expect(Set(Kommun.all.map(\.county)) == Set(County.all))
    #expect(Kommun.all.allSatisfy { $0.code.rawValue.hasPrefix($0.county.code) })
    #expect(Kommun.all.allSatisfy { (55.0...69.1).contains($0.latitude) && (10.9...24.2).contains($0.longitude) })
  }

  @Test func findsEachByCodeAndByNameInAnyCase() {
    for kommun in Kommun.all {
      #expect(Kommun.with(code: kommun.code) == kommun)
      #expect(Kommun.named(kommun.name) == kommun)
      #expect(Kommun.named(kommun.name.uppercased()) == kommun)
    }
    let stockholm = Kommun.with(code: KommunCode(rawValue: "0180")!)
    #expect(stockholm?.name == "Stockholm")
    #expect(stockholm?.county.name == "Stockholms län")
    #expect(Kommun.with(code: KommunCode(rawValue: "0999")!) == nil)
    #expect(Kommun.named("Atlantis") == nil)
  }

  @Test(arguments: [
    ("goteborg", "Göteborg"), ("A\u{30A}re", "Åre"), ("UMEA", "Umeå"),
    // A ring is all that tells these two apart.
    ("Habo", "Habo"), ("habo", "Habo"), ("Håbo", "Håbo"), ("Ha\u{30A}bo", "Håbo"),
  ])
  func findsWithoutDiacriticsWhereItLeavesNoDoubt(written: String, name: String) {
    #expect(Kommun.named(written)?.name == name)
  }

  @Test func foldsComposedAndDecomposedAlike() {
    #expect("Åsa Öberg".folded == "asa oberg")
    #expect("A\u{30A}sa O\u{308}berg".folded == "asa oberg")
    #expect("RENÉE Bjørn Strauß".folded == "renee bjorn strauss")
  }
}
