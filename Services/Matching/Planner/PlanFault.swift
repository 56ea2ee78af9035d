/// Why something can't be planned.
public enum PlanFault: Error, Hashable, Sendable {
  /// A score's magnitude is above `ScoreTable.greatestScore`.
  case scoreTooLarge(Pair, Int)
  case repeatedPair(Pair)
  /// More people than can be numbered, or so many with such scores that a sum might not fit in 64 bits (above 400,000
  /// places with the greatest scores).
  case tooLarge
  /// A locked pair has no score.
  case lockedWithoutScore(Pair)
  case lockedAndForbidden(Pair)
  /// An adept is locked to more than one mentor; this is the second.
  case lockedTwice(Pair)
  /// More adepts are locked to a mentor than the mentor has places.
  case lockedBeyondPlaces(mentor: Int, places: Int)
}
