/// The pairs of each bidder and what they are worth, in memory that outlives the search.
protocol WorthRows {
  var bidders: Int { get }
  var objects: Int { get }
  /// The positions of a bidder's pairs.
  func row(_ bidder: Int) -> Range<Int>
  /// The object at a position of a bidder's row.
  func object(_ position: Int, in row: Range<Int>) -> Int
  func worth(_ position: Int) -> Int
  /// Whether every bidder has a pair with every object, in their order.
  static var isComplete: Bool { get }
}

/// Every bidder with every object: a matrix, row by row.
struct CompleteRows: WorthRows {
  static var isComplete: Bool { true }
  let bidders: Int
  let objects: Int
  let worths: UnsafeBufferPointer<Int>

  @inline(__always) func row(_ bidder: Int) -> Range<Int> { bidder * objects..<(bidder + 1) * objects }
  @inline(__always) func object(_ position: Int, in row: Range<Int>) -> Int { position - row.lowerBound }
  @inline(__always) func worth(_ position: Int) -> Int { worths[position] }
}

/// Some pairs: the rows one after another, each from `starts[bidder]` up to `starts[bidder + 1]`.
struct SparseRows: WorthRows {
  static var isComplete: Bool { false }
  let bidders: Int
  let objects: Int
  let starts: UnsafeBufferPointer<Int>
  let columns: UnsafeBufferPointer<Int32>
  let worths: UnsafeBufferPointer<Int>

  @inline(__always) func row(_ bidder: Int) -> Range<Int> { starts[bidder]..<starts[bidder + 1] }
  @inline(__always) func object(_ position: Int, in row: Range<Int>) -> Int { Int(columns[position]) }
  @inline(__always) func worth(_ position: Int) -> Int { worths[position] }
}
