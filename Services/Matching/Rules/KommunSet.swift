import Contracts

/// The municipalities that some areas cover, so that two sets are compared in a few instructions.
public struct KommunSet: Sendable, Hashable {
  /// One bit for each of `Kommun.all`.
  private var bits = SIMD8<UInt64>.zero
  /// Codes that no municipality or county has: nothing is known of them, but two may have the same.
  private var others: Set<String> = []

  private static let numbers = Dictionary(
    uniqueKeysWithValues: Kommun.all.enumerated().map { ($0.element.code.rawValue, $0.offset) })
  private static let counties: [String: KommunSet] = Dictionary(
    uniqueKeysWithValues: County.all.map { county in
      (county.code, KommunSet(Kommun.all.filter { $0.county == county }.map { Area(unchecked: $0.code.rawValue) }))
    })

  public init(_ areas: some Sequence<Area>) {
    for area in areas {
      if let number = KommunSet.numbers[area.rawValue] {
        bits[number / 64] |= 1 << UInt64(number % 64)
      } else if area.rawValue.utf8.count == 2, let county = KommunSet.counties[area.rawValue] {
        bits |= county.bits
      } else {
        others.insert(area.rawValue)
      }
    }
  }

  public var isEmpty: Bool { bits == .zero && others.isEmpty }

  public func intersection(_ other: KommunSet) -> KommunSet {
    var both = self
    both.bits &= other.bits
    if !others.isEmpty { both.others.formIntersection(other.others) }
    return both
  }

  /// Whole counties where they are whole, and municipalities, by their codes.
  public var areas: [Area] {
    var left = self
    var areas = others.map { Area(unchecked: $0) }
    for (code, county) in KommunSet.counties where bits & county.bits == county.bits {
      areas.append(Area(unchecked: code))
      left.bits &= ~county.bits
    }
    for (number, kommun) in Kommun.all.enumerated() where left.bits[number / 64] >> UInt64(number % 64) & 1 == 1 {
      areas.append(Area(unchecked: kommun.code.rawValue))
    }
    return areas.sorted { $0.rawValue < $1.rawValue }
  }
}
