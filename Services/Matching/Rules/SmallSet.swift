/// Which cases of a small enumeration there are, as bits.
struct SmallSet<Element: CaseIterable & Hashable & Sendable>: Sendable, Hashable {
  private var bits: UInt32 = 0

  init(_ elements: some Sequence<Element>) {
    for element in elements {
      for (number, other) in Element.allCases.enumerated() where element == other { bits |= 1 << UInt32(number) }
    }
  }

  var isEmpty: Bool { bits == 0 }
  var count: Int { bits.nonzeroBitCount }

  func contains(_ element: Element) -> Bool { !intersection(SmallSet(CollectionOfOne(element))).isEmpty }

  func intersection(_ other: SmallSet) -> SmallSet {
    var both = self
    both.bits &= other.bits
    return both
  }

  /// In the order of the enumeration.
  var elements: [Element] {
    Element.allCases.enumerated().filter { bits >> UInt32($0.offset) & 1 == 1 }.map(\.element)
  }
}
