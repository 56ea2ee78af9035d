import Contracts
import ServiceRuntime
import Store

/// The service that owns the year: what is told to whom and when, what the two agree, and how it ends.
public enum FollowUp {
  /// The service with its schema and handlers.
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    var handlers = Handlers()
    handlers.delivery(MatchSubmitted.self, matchSubmitted)
    handlers.delivery(MatchAccepted.self, matchAccepted)
    handlers.delivery(MatchActivated.self, matchActivated)
    handlers.delivery(MatchClosed.self, matchClosed)
    handlers.delivery(MatchHeld.self, matchHeld)
    handlers.delivery(ConflictFound.self, conflictFound)
    handlers.delivery(ConflictCleared.self, conflictCleared)
    handlers.delivery(TenderNoted.self, tenderNoted)
    handlers.delivery(PlaceReclaimed.self, placeReclaimed)
    handlers.delivery(MailFailed.self, mailFailed)
    handlers.delivery(AddressCorrected.self) { try closeBounces(of: $0.member, $1) }
    // What is late is told today, by the calendar as it is.
    handlers.due(invitationReminder) { try remindOfInvitation($0, $1.atPresent) }
    handlers.due(mentorshipStep) { try takeStep($0, $1.atPresent) }
    handlers.due(endingSettles) { try settleEnding($0, $1.atPresent) }
    handlers.due(boardTaskDue) { try escalate($0, $1.atPresent) }
    handlers.due(boardDigest) { try tellDigest($0, $1.atPresent) }
    handlers.command(AnswerByToken.self, answer)
    handlers.command(ProposeAgreement.self, proposeAgreement)
    handlers.command(RecordAgreement.self, recordAgreement)
    handlers.command(RecordContact.self, recordContact)
    handlers.command(PauseMentorship.self, pauseMentorship)
    handlers.command(SuspendMentorship.self, suspendMentorship)
    handlers.command(ResumeMentorship.self, resumeMentorship)
    handlers.command(EndMentorship.self, endMentorship)
    handlers.command(UndoEnding.self, undoEnding)
    handlers.command(TakeBoardTask.self, takeBoardTask)
    handlers.command(CloseBoardTask.self, closeBoardTask)
    handlers.notedQuery(ListMentorships.self, listMentorships)
    handlers.query(GetMentorship.self, getMentorship)
    handlers.notedQuery(ListBoardTasks.self, listBoardTasks)
    handlers.notedQuery(GetProgrammeReport.self, getProgrammeReport)
    handlers.notedQuery(GetYearReport.self, getYearReport)
    handlers.personalData(
      PersonalData(.followup, personalTables, options), answeredBy: FollowUpForgot.self, ending: endMentorships)
    return ServiceDefinition(name: .followup, migrations: migrations, handlers: handlers)
  }

  /// The hour in Sweden at which what falls on a day is done.
  static let hour = 6
}
