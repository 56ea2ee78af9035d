import Contracts

/// How the year of a pair goes: all that decisions need beside its dates and its state. It is kept
/// as one JSON document, so that what is added later must be optional.
struct Course: Codable, Sendable, Hashable {
  /// When the board suggested the pair.
  var submitted: Day?
  var agreement: Agreement?
  var proposal: Proposal?
  /// How many proposals, endings, rests, answers to confirm and check-ins there have been: they tell the mails of one from those of another.
  var proposals = 0
  var endings = 0
  var holds = 0
  var confirmations = 0
  var checkIns = 0
  var checkIn: CheckIn?
  /// Check-ins in a row without a contact, the latest left out.
  var misses = 0
  /// Since the check-in that was asked on this day nothing has been heard of the two, and nobody has seen to it.
  var silentSince: Day?
  /// The two have answered an earlier check-in differently, and nothing has been heard of them since.
  var hasDisagreed: Bool?
  private var helpAskedBy: [Party]?
  var hold: Hold?
  /// The pause that a suspension came upon.
  var interrupted: Hold?
  /// The day on which the latest rest ended: the rhythm begins anew.
  var resumed: Day?
  var ending: Ending?
  /// The adept wants a new mentor for the months that remain.
  var wantsNewMentor = false
  var hasConflict = false
  var surveyed: [SurveyMoment] = []
  /// The latest sequence of the pair's calendar dates.
  var calendarSequence = 0
  /// The dates that the two have been told for their calendars.
  var calendar: [CalendarDate]?
  /// Where the two can meet.
  var kommun: KommunCode?

  /// Who has asked for help, and has not been heard to be better off.
  var help: Set<Party> {
    get { Set(helpAskedBy ?? []) }
    set { helpAskedBy = Party.allCases.filter(newValue.contains) }
  }
}
