import Contracts
import Messaging
import Testing

@testable import BoardClient

@Suite struct StatusReportTests {
  private static let now = Timestamp.wallClock()

  private static func well(_ service: ServiceName, _ change: (inout GetStatus.Reply) -> Void = { _ in })
    -> Board.ServiceAnswer
  {
    var status = GetStatus.Reply(
      service: service, calendar: now, isVirtualCalendar: false, outboxPending: Count(0), outboxParked: Count(0),
      outboxDead: Count(0), outboxExpired: Count(0), deliveriesEffected: Count(0), due: Count(0), planned: Count(0),
      failing: Count(0), deadLetters: Count(0), rejectedFrames: Count(0), changes: Count(0),
      lastBackup: now + .seconds(-86_400), freeMegabytes: Count(10_000))
    change(&status)
    return Board.ServiceAnswer(service: service, status: status)
  }

  /// All four, of which matching is as told.
  private static func report(_ change: (inout GetStatus.Reply) -> Void = { _ in }) -> StatusReport {
    StatusReport(ServiceName.allCases.map { well($0, $0 == .matching ? change : { _ in }) }, nil, at: now)
  }

  @Test func whereAllIsWellItSaysSo() {
    let report = Self.report { $0.backupRunning = Count(30) }
    #expect(report.exitStatus == 0)
    #expect(report.text(.sv).hasSuffix("Allt är väl."))
    #expect(report.text(.en).hasSuffix("All is well."))
    // On one screen, the smallest that there are.
    let lines = report.text(.sv).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24 && lines.allSatisfy { $0.count <= 80 })
  }

  @Test func whatIsToDoIsSaidOfTheServiceAndToScripts() {
    func expect(_ words: String..., change: (inout GetStatus.Reply) -> Void) {
      let report = Self.report(change)
      #expect(report.exitStatus == 4)
      #expect(report.toDo.count == 1)
      let text = report.text(.en)
      #expect(!text.contains("All is well"))
      for word in words + ["matching"] { #expect(text.contains(word), "\(text)") }
    }
    expect("failed", "no room", "board backup") { $0.backupProblem = Sentence("no room") }
    expect("making a backup for 61 minutes", "restart", "board backup") { $0.backupRunning = Count(3_700) }
    expect("has no backup", "board backup") { $0.lastBackup = nil }
    expect("3 days old", "board backup") { $0.lastBackup = Self.now + .seconds(-3 * 86_400) }
    expect("dead-letter list") { $0.deadLetters = Count(1) }
    expect("keep failing") { $0.failing = Count(1) }
    expect("waited for 5 minutes for followup") {
      $0.oldestWaiting = Count(300)
      $0.unreachable = Bounded([.followup])
    }
    expect("499 MB") { $0.freeMegabytes = Count(499) }
  }

  @Test func aServiceThatDoesNotAnswerGoesBeforeAllElse() {
    let answers = [
      Self.well(.membership) { $0.failing = Count(1) }, Board.ServiceAnswer(service: .matching, status: nil),
    ]
    let report = StatusReport(answers, nil, at: Self.now)
    #expect(report.exitStatus == 3)
    #expect(report.toDo.count == 2)
    #expect(report.text(.en).contains("The service matching is out of reach"))
  }

  @Test func thatMailsAreKeptHereIsNothingToDo() {
    let mails = GetMailDelivery.Reply(
      server: nil, states: Bounded([]), unanswered: Count(2), oldestWaiting: nil, reason: nil)
    let report = StatusReport([Self.well(.matching)], mails, at: Self.now)
    #expect(report.exitStatus == 0)
    // That some may have arrived twice is settled too.
    #expect(report.text(.en).contains("All is well.\nNo mail leaves this machine"))
  }
}
