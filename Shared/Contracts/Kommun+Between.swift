import Foundation

extension Kommun {
  /// Kilometres between the central points of two municipalities, as the crow flies (haversine, a mean radius of
  /// 6371 km).
  public func distance(to other: Kommun) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let (a, b) = (radians(latitude), radians(other.latitude))
    let (dLatitude, dLongitude) = (b - a, radians(other.longitude - longitude))
    let h = pow(sin(dLatitude / 2), 2) + cos(a) * cos(b) * pow(sin(dLongitude / 2), 2)
    return 2 * 6371 * asin(min(1, sqrt(h)))
  }

  /// Where the two have equally far to go, as near as can be: the municipality whose farther way is the shortest,
  /// and of several such the one with the least way in all.
  public static func between(_ one: Kommun, _ other: Kommun) -> Kommun {
    all.min { left, right in
      let (a, b) = (left.ways(one, other), right.ways(one, other))
      return a.longest != b.longest ? a.longest < b.longest : (a.sum, left.code.rawValue) < (b.sum, right.code.rawValue)
    }!
  }

  private func ways(_ one: Kommun, _ other: Kommun) -> (longest: Double, sum: Double) {
    let (a, b) = (distance(to: one), distance(to: other))
    return (max(a, b), a + b)
  }
}
