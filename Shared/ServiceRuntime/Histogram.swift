/// Counts of seconds by upper bound, as Prometheus wants them.
struct Histogram: Sendable {
  /// Upper bounds in seconds, rising; what is above the last counts in `count` alone.
  let bounds: [Double]
  private(set) var buckets: [Int]
  private(set) var count = 0
  private(set) var sum = 0.0

  init(bounds: [Double]) {
    self.bounds = bounds
    buckets = Array(repeating: 0, count: bounds.count)
  }

  mutating func add(_ seconds: Double) {
    count += 1
    sum += seconds
    if let index = bounds.firstIndex(where: { seconds <= $0 }) { buckets[index] += 1 }
  }

  /// For what one service does by itself: a handler, a commit.
  static let work = Histogram(bounds: [0.0002, 0.001, 0.005, 0.02, 0.1, 0.5, 2])
  /// For what crosses between two, which may wait for hours.
  static let delivery = Histogram(bounds: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600, 3_600])
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
