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

  /// The label again, from what follows `xn--`; nil where it is none.
  static func decode(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    let hyphen = bytes.lastIndex(of: UInt8(ascii: "-"))
    var scalars = bytes[..<(hyphen ?? 0)].map { Unicode.Scalar($0) }
    var rest = bytes[(hyphen.map { $0 + 1 } ?? 0)...]
    var (next, place, bias) = (UInt32(0x80), UInt32(0), UInt32(72))
    while !rest.isEmpty {
      let before = place
      var (weight, position) = (UInt32(1), base)
      while true {
        guard let digit = rest.popFirst().flatMap(value) else { return nil }
        let (step, isTooMuch) = digit.multipliedReportingOverflow(by: weight)
        let (sum, isTooFar) = place.addingReportingOverflow(step)
        guard !isTooMuch, !isTooFar else { return nil }
        place = sum
        let threshold = position <= bias ? 1 : min(26, position - bias)
        if digit < threshold { break }
        let (heavier, isTooHeavy) = weight.multipliedReportingOverflow(by: base - threshold)
        guard !isTooHeavy else { return nil }
        weight = heavier
        position += base
      }
      let points = UInt32(scalars.count + 1)
      bias = adapted(place - before, points: points, isFirst: before == 0)
      let (code, isBeyond) = next.addingReportingOverflow(place / points)
      guard !isBeyond, let scalar = Unicode.Scalar(code) else { return nil }
      next = code
      scalars.insert(scalar, at: Int(place % points))
      place = place % points + 1
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static let base: UInt32 = 36

  private static func value(_ digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit) - 97
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit) - 22
    default: nil
    }
  }

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
