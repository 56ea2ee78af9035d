/// Who can be matched with whom, and what each pair is worth. A pair that is absent can't be matched.
///
/// Adepts and mentors are numbered from 0. Of plans that are equally good, which one is found depends on the numbers
/// alone; a caller who numbers people by their ids gets the same plan for the same people, in whatever order they came.
public struct ScoreTable: Sendable {
  /// The greatest magnitude of a score.
  public static let greatestScore = 1_000_000_000_000

  public let adepts: Int
  public let mentors: Int
  /// The scores adept by adept, each adept's by mentor.
  let scores: [Int]
  /// Which mentor each score is with; empty where every adept has a score with every mentor.
  let columns: [Int32]
  /// Where each adept's scores begin, and last where all end.
  let starts: [Int]

  /// Every adept with every mentor.
  ///
  /// - Parameter matrix: the scores with each mentor of the first adept, then of the second, and so on.
  public init(matrix: [Int], mentors: Int) throws(PlanFault) {
    adepts = mentors == 0 ? 0 : matrix.count / mentors
    self.mentors = mentors
    scores = matrix
    columns = []
    starts = (0...adepts).map { $0 * mentors }
    for (position, score) in matrix.enumerated() where score.magnitude > ScoreTable.greatestScore {
      throw .scoreTooLarge(Pair(adept: position / mentors, mentor: position % mentors), score)
    }
    try ScoreTable.check(adepts, mentors)
  }

  /// Some pairs, each at most once, in any order.
  public init(adepts: Int, mentors: Int, pairs: [(pair: Pair, score: Int)]) throws(PlanFault) {
    try ScoreTable.check(adepts, mentors)
    self.adepts = adepts
    self.mentors = mentors
    var starts = [Int](repeating: 0, count: adepts + 1)
    for (pair, score) in pairs {
      guard score.magnitude <= ScoreTable.greatestScore else { throw .scoreTooLarge(pair, score) }
      starts[pair.adept + 1] += 1
    }
    for adept in 0..<adepts { starts[adept + 1] += starts[adept] }
    // A counting sort by mentor, then by adept.
    var byMentor = [Int](repeating: 0, count: mentors + 1)
    for (pair, _) in pairs { byMentor[pair.mentor + 1] += 1 }
    for mentor in 0..<mentors { byMentor[mentor + 1] += byMentor[mentor] }
    var order = [Int](repeating: 0, count: pairs.count)
    for (index, item) in pairs.enumerated() {
      order[byMentor[item.pair.mentor]] = index
      byMentor[item.pair.mentor] += 1
    }
    var next = starts
    var columns = [Int32](repeating: 0, count: pairs.count)
    var scores = [Int](repeating: 0, count: pairs.count)
    for index in order {
      let (pair, score) = pairs[index]
      let position = next[pair.adept]
      if position > starts[pair.adept], columns[position - 1] == pair.mentor { throw .repeatedPair(pair) }
      next[pair.adept] += 1
      columns[position] = Int32(pair.mentor)
      scores[position] = score
    }
    self.columns = pairs.count == adepts * mentors ? [] : columns
    self.scores = scores
    self.starts = starts
  }

  private static func check(_ adepts: Int, _ mentors: Int) throws(PlanFault) {
    guard adepts <= Int32.max, mentors <= Int32.max else { throw .tooLarge }
  }

  /// The positions of an adept's scores.
  func row(_ adept: Int) -> Range<Int> { starts[adept]..<starts[adept + 1] }

  /// The mentor with whom a score at a position of an adept's row is.
  func mentor(_ position: Int, in row: Range<Int>) -> Int {
    columns.isEmpty ? position - row.lowerBound : Int(columns[position])
  }

  /// A pair's score, or nil where they can't be matched.
  public subscript(pair: Pair) -> Int? {
    let row = row(pair.adept)
    guard !columns.isEmpty else { return row.isEmpty ? nil : scores[row.lowerBound + pair.mentor] }
    var (low, high) = (row.lowerBound, row.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < pair.mentor { low = middle + 1 } else { high = middle }
    }
    return low < row.upperBound && columns[low] == pair.mentor ? scores[low] : nil
  }

  /// An adept's scores, by mentor.
  public func row(of adept: Int) -> [(mentor: Int, score: Int)] {
    let row = row(adept)
    return row.map { (mentor($0, in: row), scores[$0]) }
  }

  /// The table without some pairs.
  func removing(_ isRemoved: (Pair) -> Bool) -> ScoreTable {
    var starts = [0]
    var columns: [Int32] = []
    var scores: [Int] = []
    for adept in 0..<adepts {
      let row = row(adept)
      for position in row {
        let mentor = mentor(position, in: row)
        guard !isRemoved(Pair(adept: adept, mentor: mentor)) else { continue }
        columns.append(Int32(mentor))
        scores.append(self.scores[position])
      }
      starts.append(columns.count)
    }
    let isComplete = scores.count == adepts * mentors
    return ScoreTable(
      adepts: adepts, mentors: mentors, scores: scores, columns: isComplete ? [] : columns, starts: starts)
  }

  /// - Parameter columns: ascending within each row; empty where every adept has a score with every mentor.
  init(adepts: Int, mentors: Int, scores: [Int], columns: [Int32], starts: [Int]) {
    self.adepts = adepts
    self.mentors = mentors
    self.scores = scores
    self.columns = columns
    self.starts = starts
  }
}

/// An adept and a mentor, by their numbers.
public struct Pair: Hashable, Sendable, Comparable {
  public let adept: Int
  public let mentor: Int

  public init(adept: Int, mentor: Int) {
    self.adept = adept
    self.mentor = mentor
  }

  public static func < (a: Pair, b: Pair) -> Bool { (a.adept, a.mentor) < (b.adept, b.mentor) }
}
