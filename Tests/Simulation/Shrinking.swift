/// A short list that still fails: leaves out ever smaller pieces as long as it does (after Zeller and
/// Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
///
/// - Parameter fails: true for `elements`.
func shrunk<Element>(_ elements: [Element], while fails: ([Element]) -> Bool) -> [Element] {
  var kept = elements
  var size = max(1, kept.count / 2)
  while true {
    let before = kept.count
    var start = 0
    while start < kept.count {
      var candidate = kept
      candidate.removeSubrange(start..<min(start + size, kept.count))
      if fails(candidate) { kept = candidate } else { start += size }
    }
    if size == 1 && kept.count == before { return kept }
    size = max(1, size / 2)
  }
}
