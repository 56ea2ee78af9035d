/// What a search has yet to pass, nearest first: a binary heap. A node may stand in it more than once; only the nearest
/// counts.
struct Frontier<Key: Comparable> {
  private struct Item {
    let key: Key
    let node: Int
  }
  private var items: [Item] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func add(_ key: Key, _ node: Int) {
    let count = items.count
    items.append(Item(key: key, node: node))
    items.withUnsafeMutableBufferPointer { items in
      var index = count
      while index > 0 {
        let parent = (index - 1) / 2
        guard items[parent].key > key else { break }
        items[index] = items[parent]
        index = parent
      }
      items[index] = Item(key: key, node: node)
    }
  }

  /// Removes and returns the nearest, unless nothing is nearer than `bound`.
  mutating func next(before bound: Key) -> (key: Key, node: Int)? {
    guard let first = items.first, first.key < bound else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return (first.key, first.node) }
    items.withUnsafeMutableBufferPointer { items in
      var index = 0
      while true {
        var child = 2 * index + 1
        guard child < items.count else { break }
        if child + 1 < items.count, items[child + 1].key < items[child].key { child += 1 }
        guard items[child].key < last.key else { break }
        items[index] = items[child]
        index = child
      }
      items[index] = last
    }
    return (first.key, first.node)
  }
}
