/// How a label of a domain with other letters than a to z is written in ASCII (RFC 3492).
enum Punycode {
  /// What follows `xn--`: the ASCII of the label, and after a hyphen the places of its other letters.
  static func encode(_ label: some Sequence<Unicode.Scalar>) -> String {
    let scalars = label.map(\.value)
    var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
    var handled = output.count
    let basic = handled
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias) = (UInt32(0x80), UInt32(0), UInt32(72))
    while handled < scalars.count {
      let least = scalars.filter { $0 >= next }.min()!
      delta += (least - next) * UInt32(handled + 1)
      next = least
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        var (rest, position) = (delta, base)
        while true {
          let threshold = position <= bias ? 1 : min(26, position - bias)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (base - threshold)))
          rest = (rest - threshold) / (base - threshold)
          position += base
        }
        output.append(digit(rest))
        bias = adapted(delta, points: UInt32(handled + 1), isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static let base: UInt32 = 36

  /// a to z, and 0 to 9.
  private static func digit(_ value: UInt32) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }

  private static func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var steps: UInt32 = 0
    while delta > 455 {
      delta /= 35
      steps += base
    }
    return steps + 36 * delta / (delta + 38)
  }
}
