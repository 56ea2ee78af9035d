/// What is to be planned: the scores, the mentors' places, and what the board has settled beforehand.
public struct PlanProblem: Sendable {
  public let scores: ScoreTable
  /// How many adepts each mentor takes.
  public let places: [Int]
  /// Pairs that stand whatever they are worth.
  public let locked: [Pair]
  /// Pairs that are not to be made, in order.
  public let forbidden: [Pair]

  // What is left to decide: locked adepts, locked places and forbidden pairs are taken out.

  /// The scores of the pairs that may be made.
  let open: ScoreTable
  let openPlaces: [Int]
  let lockedMentor: [Int?]

  /// - Parameter places: one for each mentor where nil; less than zero counts as none.
  public init(
    scores: ScoreTable, places: [Int]? = nil, locked: Set<Pair> = [], forbidden: Set<Pair> = []
  ) throws(PlanFault) {
    self.scores = scores
    self.places = places?.map { max(0, $0) } ?? Array(repeating: 1, count: scores.mentors)
    self.locked = locked.sorted()
    self.forbidden = forbidden.sorted()
    var openPlaces = self.places
    var lockedMentor = [Int?](repeating: nil, count: scores.adepts)
    for pair in self.locked {
      guard scores[pair] != nil else { throw .lockedWithoutScore(pair) }
      guard !forbidden.contains(pair) else { throw .lockedAndForbidden(pair) }
      guard lockedMentor[pair.adept] == nil else { throw .lockedTwice(pair) }
      guard openPlaces[pair.mentor] > 0 else {
        throw .lockedBeyondPlaces(mentor: pair.mentor, places: self.places[pair.mentor])
      }
      lockedMentor[pair.adept] = pair.mentor
      openPlaces[pair.mentor] -= 1
    }
    self.openPlaces = openPlaces
    self.lockedMentor = lockedMentor
    open =
      locked.isEmpty && forbidden.isEmpty
      ? scores : scores.removing { lockedMentor[$0.adept] != nil || forbidden.contains($0) }
  }
}
