import Contracts
import Messaging

/// An early end, as long as it can be undone.
struct Ending: Codable, Sendable, Hashable {
  var by: EndMentorship.EndedBy
  var at: Timestamp
  /// What the mentorship was, and is again if the end is undone.
  var before: MentorshipState
  var isOtherTold: Bool
  /// Matching has been asked for the place.
  var isUndoing = false
  /// Whoever wanted to undo it has been told that the place is taken.
  var isRefusalTold: Bool?
  /// One of the two has been erased, and is told nothing; nobody can undo it any more.
  private(set) var gone: Party?
  private var areBothGone: Bool?

  init(by: EndMentorship.EndedBy, at: Timestamp, before: MentorshipState, isOtherTold: Bool) {
    (self.by, self.at, self.before, self.isOtherTold) = (by, at, before, isOtherTold)
  }

  /// A party is erased.
  mutating func goes(_ party: Party) {
    if let gone, gone != party { areBothGone = true } else { gone = party }
  }

  func isGone(_ party: Party) -> Bool { gone == party || areBothGone == true }

  /// For so long the other is not told, and the end can be undone.
  static let grace = Duration.seconds(24 * 3600)

  var settles: Timestamp { at + Ending.grace }

  /// Whoever ended it, as far as they can still be told; both where it was the board.
  var enders: [Party] { (by.party.map { [$0] } ?? Party.allCases).filter { !isGone($0) } }
}

extension EndMentorship.EndedBy {
  var party: Party? {
    switch self {
    case .mentor: .mentor
    case .adept: .adept
    case .board: nil
    }
  }

  init(_ party: Party) { self = party == .mentor ? .mentor : .adept }
}
