import Contracts
import Messaging

/// How far an import has come, kept in the store with the rows that it has written: a process that ends goes on where
/// it was.
///
/// ```
/// staged ── commit ──▶ checking ── all are good, or mode good ──▶ writing ──▶ written
///                          └────── a dry run, or one is bad ──▶ staged, with a report
/// ```
///
/// Each pass goes through the file part by part, a transaction each, so that others are answered in between. A short
/// file is gone through within the command.
struct ImportRun: Codable, Sendable {
  /// Whoever committed it, for whom it goes on.
  let principal: String
  let role: Principal.Role
  /// The member that they are themselves.
  let member: String?
  let language: Language
  let mode: CommitImport.Mode
  let columns: [RegisterColumn]
  let parts: Int

  /// The second pass: what is good is written.
  private(set) var isWriting: Bool
  /// How many parts this pass has gone through.
  private(set) var done = 0
  private(set) var isOver = false
  private(set) var registered = 0
  private(set) var changed = 0
  private(set) var unchanged = 0
  private(set) var refused = 0

  init(_ command: CommitImport, by principal: Principal, _ language: Language) {
    self.principal = principal.id
    role = principal.role
    member = principal.memberID
    self.language = language
    mode = command.mode
    columns = command.columns?.elements ?? RegisterColumn.allCases
    parts = command.parts.rawValue
    // Where good rows are kept whatever the others are, nothing need be known of those beforehand.
    isWriting = command.mode == .good
  }

  var hasWritten: Bool { isOver && isWriting }

  /// A file of no more parts is short.
  static let short = 4
  var isShort: Bool { parts <= ImportRun.short }

  /// The number of the part that is next.
  var next: Int { done + 1 }

  /// Counts a part in, and goes over to the next pass after the last.
  mutating func note(_ plan: ImportPlan) {
    done += 1
    registered += plan.registered.count
    changed += plan.changed.count
    unchanged += plan.unchanged
    refused += plan.refused
    guard done == parts else { return }
    guard !isWriting, mode == .whole, refused == 0 else {
      isOver = true
      return
    }
    isWriting = true
    (done, registered, changed, unchanged, refused) = (0, 0, 0, 0, 0)
  }

  func reply(_ id: ImportID) -> CommitImport.Reply {
    CommitImport.Reply(
      importId: id, written: hasWritten, registered: Count(registered), changed: Count(changed),
      unchanged: Count(unchanged), refused: Count(refused),
      underWay: isOver ? nil : CommitImport.Progress(isWriting: isWriting, parts: Count(done)))
  }
}
