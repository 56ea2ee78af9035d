import Foundation
import TestSupport

/// One way to change an input: a source of seeded choices, and the pool that it draws from.
struct Mutation {
  var random: SeededGenerator
  let pool: [[UInt8]]

  init(_ random: SeededGenerator, _ pool: [[UInt8]]) {
    self.random = random
    self.pool = pool
  }

  mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func oneIn(_ count: Int) -> Bool { number(0..<count) == 0 }
  mutating func any<T>(_ choices: [T]) -> T { choices[number(0..<choices.count)] }

  /// Mostly few, now and then very many.
  mutating func amount() -> Int { oneIn(60) ? number(1_000..<60_000) : number(1..<12) }

  /// Something of the pool, changed at one to four places without regard to what it means.
  mutating func bytes() -> [UInt8] {
    var bytes = any(pool)
    for _ in 0..<number(1..<5) { change(&bytes) }
    return bytes
  }

  mutating func change(_ bytes: inout [UInt8]) {
    let at = number(0..<bytes.count + 1)
    switch number(0..<9) {
    case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8(number(0..<8))
    case 1 where at < bytes.count: bytes[at] = UInt8(number(0..<256))
    case 2: bytes.removeLast(bytes.count - at)
    case 3: bytes.removeSubrange(at..<min(bytes.count, at + amount()))
    case 4: bytes.insert(contentsOf: repeatElement(UInt8(number(0..<256)), count: amount()), at: at)
    case 5:
      let other = any(pool)
      let from = number(0..<other.count + 1)
      bytes.replaceSubrange(at..., with: other[from...])
    case 6: bytes.insert(contentsOf: any(Mutation.oddities), at: at)
    case 7:
      let piece = Array(bytes[at..<min(bytes.count, at + number(1..<64))])
      for _ in 0..<min(amount(), 1_000) { bytes.insert(contentsOf: piece, at: at) }
    default: bytes.swapAt(min(at, max(0, bytes.count - 1)), 0)
    }
    if bytes.isEmpty { bytes = [UInt8(number(0..<256))] }
  }

  /// Marks, ends and broken letters of the encodings.
  static let oddities: [[UInt8]] = [
    [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0], [0, 0], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xC0, 0x80], [0x0D, 0x0A], [0x0D], [0x0A], [0x1E], [0x7F], [0xE2, 0x80, 0xA8], [0xF0, 0x9F, 0x98, 0x80],
    Array("\\u0000".utf8), Array("\\ud800".utf8), Array("\\ud83d\\ude00".utf8), Array("A\u{30A}".utf8),
  ]
}
