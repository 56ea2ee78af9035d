import Contracts
import ServiceRuntime
import Store
import Texts

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
    handlers.due(invitationReminder, remindOfInvitation)
    handlers.due(mentorshipStep, takeStep)
    handlers.command(RecordAgreement.self, recordAgreement)
    handlers.command(RecordContact.self, recordContact)
    handlers.command(EndMentorship.self, endMentorship)
    handlers.command(AnswerByToken.self) { _, _ in throw AnswerRefusal.unknown }
    handlers.delivery(MailFailed.self) { _, _ in .done }
    handlers.query(ListMentorships.self, listMentorships)
    handlers.query(GetProgrammeReport.self, getProgrammeReport)
    handlers.personalData(
      PersonalData(.followup, personalTables, options), answeredBy: FollowUpForgot.self, ending: endMentorships)
    return ServiceDefinition(name: .followup, migrations: migrations, handlers: handlers)
  }

  /// The hour in Sweden at which what falls on a day is done.
  static let hour = 6
}
