import Foundation

/// A Swedish municipality: its code, name, county and a central point.
///
/// Codes and names are those of Statistics Sweden (SCB, "Län och kommuner i kodnummerordning"); the points
/// are coordinates in WGS 84, rounded to a hundredth of a degree: right for distances, not for maps.
public struct Kommun: Sendable, Hashable {
  public let code: KommunCode
  public let name: String
  public let county: County
  /// Degrees north.
  public let latitude: Double
  /// Degrees east.
  public let longitude: Double

  /// All 290, by code.
  public static let all: [Kommun] = KommunData.kommuner.split(separator: "\n").map { line in
    let parts = line.split(separator: " ", maxSplits: 3)
    guard parts.count == 4, let code = KommunCode(rawValue: String(parts[0])),
      let county = County.byCode[String(parts[0].prefix(2))],
      let latitude = Double(parts[1]), let longitude = Double(parts[2])
    else { preconditionFailure("KommunData has a line that can't be read: \(line)") }
    return Kommun(
      code: code, name: String(parts[3]), county: county, latitude: latitude, longitude: longitude)
  }

  private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// Håbo and Habo differ in nothing but a ring, so names as they are written go before folded ones.
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { (lowered($0.name), $0) })
  private static let byFoldedName = Dictionary(grouping: all, by: \.name.folded)
    .compactMapValues { $0.count == 1 ? $0[0] : nil }

  /// The municipality with a code; nil where there is none.
  public static func with(code: KommunCode) -> Kommun? { byCode[code] }

  /// The municipality with a name in any case, with or without its dots and rings where that leaves no
  /// doubt; nil where there is none.
  public static func named(_ name: String) -> Kommun? {
    byName[lowered(name)] ?? byFoldedName[name.folded]
  }

  private static func lowered(_ name: String) -> String {
    name.lowercased().precomposedStringWithCanonicalMapping
  }
}

/// A Swedish county (län): two digits, with which the codes of its municipalities begin.
public struct County: Sendable, Hashable {
  public let code: String
  public let name: String

  /// All 21, by code.
  public static let all: [County] = KommunData.counties.split(separator: "\n").map { line in
    County(code: String(line.prefix(2)), name: String(line.dropFirst(3)))
  }

  static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.flatMap { county in
      // "Skåne" and "Stockholm" for "Skåne län" and "Stockholms län".
      let short = county.name.folded.replacing(" lan", with: "")
      return Set([county.name.folded, short, short.hasSuffix("s") ? String(short.dropLast()) : short])
        .map { ($0, county) }
    })

  /// The county with a name, in any case and with or without "län" and diacritics; nil where there is none.
  public static func named(_ name: String) -> County? { byName[name.folded] }

  public static func with(code: String) -> County? { byCode[code] }
}

extension Area {
  /// The municipality or the county with this code or name. Where both have the name, it is the municipality's:
  /// the county is written with "län".
  public init?(written text: String) {
    let digits = text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
    if let digits, let area = Area(rawValue: digits.count == 3 || digits.count == 1 ? "0" + digits : digits),
      area.name != nil
    {
      self = area
    } else if let kommun = Kommun.named(text) {
      self.init(unchecked: kommun.code.rawValue)
    } else if let county = County.named(text) {
      self.init(unchecked: county.code)
    } else {
      return nil
    }
  }

  /// What people call it; nil where there is no such municipality or county.
  public var name: String? {
    rawValue.utf8.count == 2
      ? County.with(code: rawValue)?.name : KommunCode(rawValue: rawValue).flatMap(Kommun.with(code:))?.name
  }
}
