import Messaging

// What followup and matching agree on about a pair's place.

/// An answer that came from a mail. Matching alone decides what it makes of the match.
public struct InvitationAnswered: Event {
  public static let type = "followup.invitation-answered.v1"
  public static let summary = "One party answered an invitation from its mail."
  public var match: MatchID
  public var by: Party
  public var answer: AnswerMatch.Answer
  public init(match: MatchID, by: Party, answer: AnswerMatch.Answer) {
    self.match = match
    self.by = by
    self.answer = answer
  }
}

/// An ending is to be undone: the place that it freed is wanted back.
public struct ReclaimPlace: TaskMessage {
  public static let type = "followup.reclaim-place.v1"
  public static let summary = "Asks matching for the place back that an ending freed."
  public var mentorship: MentorshipID
  public init(mentorship: MentorshipID) { self.mentorship = mentorship }
}

/// Whether the place was still free; where it was, it is taken again.
public struct PlaceReclaimed: Event {
  public static let type = "matching.place-reclaimed.v1"
  public static let summary = "Whether a mentorship has its place back."
  public var mentorship: MentorshipID
  public var isReclaimed: Bool
  public init(mentorship: MentorshipID, isReclaimed: Bool) {
    self.mentorship = mentorship
    self.isReclaimed = isReclaimed
  }
}

/// Whether an adept whose mentorship ended early wants a new mentor for what remains.
public struct NewMentorAnswered: Event {
  public static let type = "followup.new-mentor-answered.v1"
  public static let summary = "An adept wants a new mentor for the months that remain, and goes first; or does not."
  public var mentorship: MentorshipID
  public var isWanted: Bool
  /// Absent where none remain.
  public var remainingMonths: Months?

  public init(mentorship: MentorshipID, isWanted: Bool, remainingMonths: Months?) {
    self.mentorship = mentorship
    self.isWanted = isWanted
    self.remainingMonths = remainingMonths
  }
}
