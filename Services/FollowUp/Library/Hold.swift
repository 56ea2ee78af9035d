import Contracts

/// Why a mentorship rests. Nothing is asked and nobody is reminded meanwhile; the end date stays.
struct Hold: Codable, Sendable, Hashable {
  var rest: Rest
  var since: Day
  var by: EndMentorship.EndedBy
  /// A pause ends by itself; a suspension when the board says so.
  var until: Day?
  /// The competition rule has stopped it, by what both know of each other; it goes on once that is so no longer.
  var isForConflict: Bool?

  /// A pause that is longer is no pause.
  static let longest = 6
}
