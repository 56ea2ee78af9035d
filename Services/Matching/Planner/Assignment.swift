/// Maximum-weight assignment of bidders to objects by successive shortest augmenting paths, exact in integers.
///
/// A bidder wants a number of *units*, an object has a number of *places*, and a bidder holds an object at most once.
/// A unit may also be left out, which is worth `leftOut`. Found are holders of greatest total worth and *prices* that
/// prove it: with a bidder's `profit` and an object's `price`,
/// - `profit + price ≥ worth` for every pair, with equality where the bidder holds the object,
/// - `profit ≥ leftOut`, with equality where a unit is left out, and
/// - `price ≥ 0`, with equality where a place is empty.
///
/// The units come one by one. Each time Dijkstra's algorithm runs over the worth that every move would cost, until it
/// meets an empty place or a unit better left out (Edmonds & Karp 1972; Tomizawa 1971). Two things keep it from reading
/// the whole table for each unit:
/// - **A bound.** No path is followed beyond the best end seen so far; at the outset that is to leave the unit out.
/// - **Short lists.** Prices only rise. So a bidder with many objects keeps the few that were most profitable when it last
///   looked at all, and a ceiling on the profit of the others; these are looked at when the search comes as far as the
///   ceiling allows, which on most instances is never.
///
/// Where it does come so far, the instance is one in which all want the same, and paths wander over most of the objects.
/// The heap is then left for a plain scan of what has been seen (a *wide* search), which is what a dense graph asks for;
/// what is equally near is taken together, so that ties cost nothing (Jonker & Volgenant 1987).
///
/// Two more things help where all want the same. Those to whom it matters most what they get come first, so that whoever
/// comes later displaces few. And where few places are empty, each bidder that is reached is tried with those first.
///
/// Every profit and price lies between `-(|leftOut| + greatest |worth|)` and its opposite, so `Int` cannot overflow while
/// that sum is at most `Assignment.limit`.
///
/// What is here works on raw memory, as do the rows that it reads, since this is the inner loop; nothing else does.
struct Assignment {
  /// The greatest sum of a worth's and `leftOut`'s magnitude: an eighth of what `Int` holds, as a distance is a sum of at
  /// most four such.
  static let limit = Int.max / 8

  private(set) var profits: [Int]
  private(set) var prices: [Int]
  /// The bidders that hold each object.
  private(set) var holders: [[Int]]

  /// - Parameters:
  ///   - units: for each bidder, how many objects it wants.
  ///   - places: for each object, how many bidders may hold it. Places or units above one are allowed on one side only,
  ///     or a bidder could hold an object twice.
  init(_ rows: some WorthRows, units: [Int], places: [Int], leftOut: Int) {
    var search = PathSearch(rows, places: places, leftOut: leftOut)
    for bidder in search.order { search.place(bidder, units: units[bidder]) }
    profits = Array(UnsafeBufferPointer(start: search.profit, count: rows.bidders))
    prices = Array(UnsafeBufferPointer(start: search.price, count: rows.objects))
    holders = (0..<rows.objects).map { object in
      (0..<Int(search.taken[object])).map { Int(search.holder[search.firstPlace[object] + $0]) }
    }
  }
}

/// The state of the search. It can't be copied, so its memory is freed with it; as a class it would check each access for
/// exclusivity, which costs a third of the time.
private struct PathSearch<Rows: WorthRows>: ~Copyable {
  private let rows: Rows
  private let leftOut: Int

  // What has been found so far.
  let profit: UnsafeMutablePointer<Int>
  let price: UnsafeMutablePointer<Int>
  /// An object's places stand together from `firstPlace`; the first `taken` of them have a holder.
  let firstPlace: UnsafeMutablePointer<Int>
  let taken: UnsafeMutablePointer<Int32>
  let holder: UnsafeMutablePointer<Int32>

  // The search under way: distances, and how each node was reached.
  private let distance: UnsafeMutablePointer<Int>
  private let takenBy: UnsafeMutablePointer<Int32>
  private let bidderDistance: UnsafeMutablePointer<Int>
  /// The place that a reached bidder would give up; -1 for one that has not been reached.
  private let givesUp: UnsafeMutablePointer<Int>
  private let objectOf: UnsafeMutablePointer<Int32>
  private var reachedBidders: [Int32] = []
  private var seenObjects: [Int32] = []
  private var passedObjects: [Int32] = []
  private var frontier = Frontier<Int>()
  private var isWide = false
  /// In a wide search: what has been seen and not passed, in no order, and apart from it what is as near as `level`.
  private let candidates: UnsafeMutablePointer<Int32>
  private let nearest: UnsafeMutablePointer<Int32>
  private var (candidateCount, nearestCount, level) = (0, 0, 0)
  private var bound = 0
  private var end = End.leavingOut(0)
  private enum End {
    case leavingOut(Int)
    case emptyPlace(Int)
  }

  /// The objects that have an empty place, in no order, and where each stands among them.
  private let open: UnsafeMutablePointer<Int32>
  private let openIndex: UnsafeMutablePointer<Int32>
  private var openCount = 0
  private static var fewOpen: Int { 32 }

  // Short lists.
  private static var listed: Int { 24 }
  private let lists: UnsafeMutablePointer<Listed>
  /// -1: there is no list yet.
  private let listSlot: UnsafeMutablePointer<Int32>
  private let ceiling: UnsafeMutablePointer<Int>
  private struct Listed {
    var profit: Int
    var worth: Int
    var object: Int32
  }

  init(_ rows: Rows, places: [Int], leftOut: Int) {
    self.rows = rows
    self.leftOut = leftOut
    func memory<Value>(_ count: Int, _ value: Value) -> UnsafeMutablePointer<Value> {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
      memory.initialize(repeating: value, count: max(count, 1))
      return memory
    }
    profit = memory(rows.bidders, leftOut)
    price = memory(rows.objects, 0)
    firstPlace = memory(rows.objects + 1, 0)
    for object in 0..<rows.objects { firstPlace[object + 1] = firstPlace[object] + min(places[object], rows.bidders) }
    taken = memory(rows.objects, 0)
    holder = memory(firstPlace[rows.objects], -1)
    distance = memory(rows.objects, Int.max)
    takenBy = memory(rows.objects, -1)
    bidderDistance = memory(rows.bidders, 0)
    givesUp = memory(rows.bidders, -1)
    objectOf = memory(rows.bidders, -1)
    ceiling = memory(rows.bidders, 0)
    candidates = memory(rows.objects, 0)
    nearest = memory(rows.objects, 0)
    open = memory(rows.objects, 0)
    openIndex = memory(rows.objects, 0)
    for object in 0..<rows.objects where firstPlace[object] < firstPlace[object + 1] {
      open[openCount] = Int32(truncatingIfNeeded: object)
      openIndex[object] = Int32(truncatingIfNeeded: openCount)
      openCount += 1
    }
    listSlot = memory(rows.bidders, -1)
    var long: Int32 = 0
    for bidder in 0..<rows.bidders where rows.row(bidder).count > 3 * Self.listed {
      listSlot[bidder] = long
      long += 1
    }
    lists = memory(Int(long) * Self.listed, Listed(profit: 0, worth: 0, object: 0))
  }

  deinit {
    for memory in [profit, price, firstPlace, distance, bidderDistance, givesUp, ceiling] { memory.deallocate() }
    for memory in [taken, holder, takenBy, objectOf, listSlot, candidates, nearest, open, openIndex] {
      memory.deallocate()
    }
    lists.deallocate()
  }

  /// Those first whose worths differ most, as far as some of them show; where there are few for each, as they come.
  var order: [Int] {
    let bidders = Array(0..<rows.bidders)
    guard Rows.isComplete, rows.objects > 0 else { return bidders }
    let spreads = bidders.map { bidder in
      let row = rows.row(bidder)
      var (least, greatest) = (Int.max, Int.min)
      for position in stride(from: row.lowerBound, to: row.upperBound, by: max(1, row.count / 32)) {
        least = min(least, rows.worth(position))
        greatest = max(greatest, rows.worth(position))
      }
      return greatest - least
    }
    return bidders.sorted { (spreads[$1], $0) < (spreads[$0], $1) }
  }

  // MARK: One bidder

  /// Places a bidder's units one after another, until one is better left out.
  mutating func place(_ bidder: Int, units: Int) {
    // Also for a bidder that wants nothing: its profit is part of the proof.
    profit[bidder] = max(greatestProfit(of: bidder), leftOut)
    for _ in 0..<units {
      guard profit[bidder] > leftOut else { return }
      findPath(from: bidder)
      raisePrices()
      moveAlongPath(from: bidder)
      forget()
    }
  }

  /// The greatest profit at the present prices, or `Int.min` for a bidder without pairs; makes its short list.
  private mutating func greatestProfit(of bidder: Int) -> Int {
    var greatest = Int.min
    if listSlot[bidder] >= 0 {
      list(bidder)
      let list = lists + Int(listSlot[bidder]) * Self.listed
      for index in 0..<Self.listed { greatest = max(greatest, list[index].profit) }
    } else {
      let row = rows.row(bidder)
      for position in row { greatest = max(greatest, rows.worth(position) - price[rows.object(position, in: row)]) }
    }
    return greatest
  }

  // MARK: The shortest path

  private mutating func findPath(from source: Int) {
    bound = Int.max
    givesUp[source] = Int.max
    reach(source, at: 0)
    while let (key, node) = frontier.next(before: bound) {
      if node >= 0 {
        if distance[node] == key { pass(node, at: key) }
        continue
      }
      relaxUnlisted(~node)
      if rows.row(~node).count * 4 >= rows.objects { return widen() }
    }
  }

  /// Goes on to the bidders that hold an object.
  private mutating func pass(_ object: Int, at key: Int) {
    distance[object] = -1 - key  // Passed; a distance is never negative otherwise.
    passedObjects.append(Int32(truncatingIfNeeded: object))
    for place in firstPlace[object]..<firstPlace[object] + Int(taken[object]) {
      let bidder = Int(holder[place])
      guard givesUp[bidder] < 0 else { continue }
      givesUp[bidder] = place
      objectOf[bidder] = Int32(truncatingIfNeeded: object)
      reach(bidder, at: key)
    }
  }

  /// Finishes the search without the heap, apart from the unlisted objects that already wait in it.
  private mutating func widen() {
    isWide = true
    (candidateCount, nearestCount, level) = (0, 0, -1)
    for object in seenObjects where distance[Int(object)] >= 0 {
      candidates[candidateCount] = object
      candidateCount += 1
    }
    while true {
      if nearestCount == 0, !gatherNearest() { return }
      nearestCount -= 1
      pass(Int(nearest[nearestCount]), at: level)
      // What is as near as the present level ends the search.
      if bound <= level { return }
    }
  }

  /// Finds what is nearest of the candidates, and takes it all out. False where nothing is nearer than the bound.
  private mutating func gatherNearest() -> Bool {
    while true {
      var (least, left) = (bound, 0)
      for position in 0..<candidateCount {
        let object = candidates[position]
        let far = distance[Int(object)]
        // Passed meanwhile.
        if far < 0 { continue }
        candidates[left] = object
        left += 1
        if far < least { least = far }
      }
      candidateCount = left
      if relaxNextUnlisted(before: least) {
        if nearestCount > 0 { return true }
        continue
      }
      guard least < bound else { return false }
      level = least
      left = 0
      for position in 0..<candidateCount {
        let object = candidates[position]
        if distance[Int(object)] == level {
          nearest[nearestCount] = object
          nearestCount += 1
        } else {
          candidates[left] = object
          left += 1
        }
      }
      candidateCount = left
      return true
    }
  }

  /// In a wide search only the bidders in the heap count. False where none is nearer than that.
  private mutating func relaxNextUnlisted(before distance: Int) -> Bool {
    while let (_, node) = frontier.next(before: distance) {
      if node >= 0 { continue }
      relaxUnlisted(~node)
      return true
    }
    return false
  }

  /// A bidder may leave a unit out, or take another object in place of the one that it would give up.
  private mutating func reach(_ bidder: Int, at start: Int) {
    reachedBidders.append(Int32(truncatingIfNeeded: bidder))
    bidderDistance[bidder] = start
    let base = start + profit[bidder]
    if base - leftOut < bound {
      bound = base - leftOut
      end = .leavingOut(bidder)
    }
    if Rows.isComplete, openCount <= Self.fewOpen {
      let first = rows.row(bidder).lowerBound
      for index in 0..<openCount {
        let object = Int(open[index])
        if relax(object, rows.worth(first + object), base, bidder), bound == start { return }
      }
    }
    guard listSlot[bidder] >= 0, !isWide else { return relaxRow(bidder, base) }
    let list = lists + Int(listSlot[bidder]) * Self.listed
    for index in 0..<Self.listed { _ = relax(Int(list[index].object), list[index].worth, base, bidder) }
    let unlisted = max(base - ceiling[bidder], start)
    if unlisted < bound { frontier.add(unlisted, ~bidder) }
  }

  /// Looks at all of a bidder's objects, and lists the best anew.
  private mutating func relaxUnlisted(_ bidder: Int) {
    relaxRow(bidder, bidderDistance[bidder] + profit[bidder])
    list(bidder)
  }

  private mutating func relaxRow(_ bidder: Int, _ base: Int) {
    let row = rows.row(bidder)
    let start = bidderDistance[bidder]
    var position = row.lowerBound
    if Rows.isComplete {
      // Most objects come no nearer. Of eight at a time that shows in the signs of differences, without a branch for each.
      while position + 8 <= row.upperBound {
        let object = position - row.lowerBound
        var signs = 0
        for step in 0..<8 {
          let reached = base &- rows.worth(position + step) &+ price[object + step]
          signs |= (reached &- bound) & (reached &- distance[object + step])
        }
        if signs < 0 {
          for step in 0..<8 where relax(object + step, rows.worth(position + step), base, bidder) {
            // An empty place as near as the bidder itself: nothing is nearer.
            if bound == start { return }
          }
        }
        position += 8
      }
    }
    while position < row.upperBound {
      if relax(rows.object(position, in: row), rows.worth(position), base, bidder), bound == start { return }
      position += 1
    }
  }

  /// - Returns: whether it came upon an empty place, nearer than any end before.
  @inline(__always)
  private mutating func relax(_ object: Int, _ worth: Int, _ base: Int, _ bidder: Int) -> Bool {
    // Within the limit nothing overflows.
    let reached = base &- worth &+ price[object]
    guard reached < bound, reached < distance[object] else { return false }
    let isNew = distance[object] == Int.max
    if isNew { seenObjects.append(Int32(truncatingIfNeeded: object)) }
    distance[object] = reached
    takenBy[object] = Int32(truncatingIfNeeded: bidder)
    if isOpen(object) {
      bound = reached
      end = .emptyPlace(object)
      return true
    }
    if !isWide {
      frontier.add(reached, object)
    } else if reached == level {
      nearest[nearestCount] = Int32(truncatingIfNeeded: object)
      nearestCount += 1
    } else if isNew {
      candidates[candidateCount] = Int32(truncatingIfNeeded: object)
      candidateCount += 1
    }
    return false
  }

  /// Whether an object has an empty place.
  @inline(__always)
  private func isOpen(_ object: Int) -> Bool {
    firstPlace[object] + Int(taken[object]) < firstPlace[object + 1]
  }

  // MARK: What follows from it

  /// Takes up what the path costs into the prices, which keeps all that the search passed in balance.
  private func raisePrices() {
    for bidder in reachedBidders { profit[Int(bidder)] -= bound - bidderDistance[Int(bidder)] }
    for object in passedObjects { price[Int(object)] += bound - (-1 - distance[Int(object)]) }
  }

  private mutating func moveAlongPath(from source: Int) {
    var place: Int
    var object: Int
    switch end {
    case .leavingOut(let bidder):
      guard bidder != source else { return }
      place = givesUp[bidder]
      object = Int(objectOf[bidder])
    case .emptyPlace(let empty):
      place = firstPlace[empty] + Int(taken[empty])
      taken[empty] += 1
      if place + 1 == firstPlace[empty + 1] { close(empty) }
      object = empty
    }
    while true {
      let bidder = takenBy[object]
      holder[place] = bidder
      guard Int(bidder) != source else { return }
      place = givesUp[Int(bidder)]
      object = Int(objectOf[Int(bidder)])
    }
  }

  /// An object has no empty place any more, and never will again.
  private mutating func close(_ object: Int) {
    openCount -= 1
    let (index, last) = (openIndex[object], open[openCount])
    open[Int(index)] = last
    openIndex[Int(last)] = index
  }

  private mutating func forget() {
    for bidder in reachedBidders { givesUp[Int(bidder)] = -1 }
    for object in seenObjects { distance[Int(object)] = Int.max }
    reachedBidders.removeAll(keepingCapacity: true)
    seenObjects.removeAll(keepingCapacity: true)
    passedObjects.removeAll(keepingCapacity: true)
    frontier.removeAll()
    isWide = false
  }

  // MARK: Short lists

  /// Lists a bidder's most profitable objects at the present prices: a heap whose least profit is the ceiling.
  private func list(_ bidder: Int) {
    let list = lists + Int(listSlot[bidder]) * Self.listed
    let row = rows.row(bidder)
    for index in 0..<Self.listed {
      let position = row.lowerBound + index
      let object = rows.object(position, in: row)
      list[index] = Listed(
        profit: rows.worth(position) - price[object], worth: rows.worth(position),
        object: Int32(truncatingIfNeeded: object))
    }
    for index in (0..<Self.listed / 2).reversed() { sink(list, index) }
    var least = list[0].profit
    // Of what is as profitable as the least of the list and does not stand in it, something with an empty place.
    var empty: (position: Int, profit: Int) = (-1, Int.min)
    for position in row.lowerBound + Self.listed..<row.upperBound {
      let object = rows.object(position, in: row)
      let profit = rows.worth(position) &- price[object]
      guard profit >= least else { continue }
      if profit == least {
        if empty.profit < profit, isOpen(object) { empty = (position, profit) }
        continue
      }
      list[0] = Listed(profit: profit, worth: rows.worth(position), object: Int32(truncatingIfNeeded: object))
      sink(list, 0)
      least = list[0].profit
    }
    if empty.profit == least {
      let object = rows.object(empty.position, in: row)
      list[0] = Listed(
        profit: least, worth: rows.worth(empty.position), object: Int32(truncatingIfNeeded: object))
    }
    ceiling[bidder] = least
  }

  private func sink(_ list: UnsafeMutablePointer<Listed>, _ start: Int) {
    let moved = list[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < Self.listed else { break }
      if child + 1 < Self.listed, list[child + 1].profit < list[child].profit { child += 1 }
      guard list[child].profit < moved.profit else { break }
      list[index] = list[child]
      index = child
    }
    list[index] = moved
  }
}
