import Contracts

extension Kommun {
  /// The distance between the central points of two municipalities in whole kilometres, within one per cent: on a plane
  /// that touches the earth half-way between them.
  ///
  /// In whole numbers throughout, so that it is the same on every machine and no rounding decides a pair.
  public func kilometres(to other: Kommun) -> Int {
    Kommun.kilometres(point, other.point)
  }

  /// The central point in hundredths of a degree.
  var point: (latitude: Int, longitude: Int) {
    (Int((latitude * 100).rounded()), Int((longitude * 100).rounded()))
  }

  static func kilometres(_ one: (latitude: Int, longitude: Int), _ other: (latitude: Int, longitude: Int)) -> Int {
    // A hundredth of a degree of latitude is 1,112 metres, of longitude that times the latitude's cosine.
    let north = (one.latitude - other.latitude) * 1_112
    let middle = (one.latitude + other.latitude) / 2
    let east = (one.longitude - other.longitude) * 1_112 * cosine(middle) / 10_000
    return root((north * north + east * east) / 1_000_000)
  }

  /// The cosine of a latitude in hundredths of a degree, times 10,000: between whole degrees on a straight line, which
  /// is within 2 of it.
  private static func cosine(_ latitude: Int) -> Int {
    let degree = min(max(latitude / 100, 54), 69)
    let (low, high) = (cosines[degree - 54], cosines[degree - 53])
    return low + (high - low) * min(max(latitude - degree * 100, 0), 100) / 100
  }

  /// Of 54 to 70 degrees, from Ystad to beyond Treriksröset.
  private static let cosines = [
    5878, 5736, 5592, 5446, 5299, 5150, 5000, 4848, 4695, 4540, 4384, 4226, 4067, 3907, 3746, 3584, 3420,
  ]

  /// The whole part of a square root (Newton's method).
  private static func root(_ value: Int) -> Int {
    guard value > 1 else { return value }
    var root = 1 << ((Int.bitWidth - value.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (root + value / root) / 2
      if next >= root { return root }
      root = next
    }
  }
}
