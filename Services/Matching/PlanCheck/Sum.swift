/// Adepts first, then score; in 128 bits, so that no number in a file can overflow.
struct Sum: Hashable, Comparable {
  var adepts: Int128
  var score: Int128

  init(_ adepts: Int128, _ score: Int) { (self.adepts, self.score) = (adepts, Int128(score)) }

  static func < (a: Sum, b: Sum) -> Bool { (a.adepts, a.score) < (b.adepts, b.score) }
  static func + (a: Sum, b: Sum) -> Sum {
    var sum = a
    sum += b
    return sum
  }
  static func += (a: inout Sum, b: Sum) { (a.adepts, a.score) = (a.adepts + b.adepts, a.score + b.score) }
  static func * (a: Sum, times: Int) -> Sum {
    var product = a
    (product.adepts, product.score) = (a.adepts * Int128(times), a.score * Int128(times))
    return product
  }
}
