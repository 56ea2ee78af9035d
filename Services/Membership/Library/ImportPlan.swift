import Contracts
import Texts

/// What an import would do to the register, decided from all rows of the file and the members that there
/// are.
struct ImportPlan: Sendable {
  /// A fault and the line of the file on which its row begins.
  struct PlacedFault: Sendable, Hashable {
    let line: Number
    let fault: RegisterFault
  }

  /// People that the register doesn't know.
  private(set) var registered: [MemberDraft] = []
  /// Members whose row says something new, before and after.
  private(set) var changed: [(before: Member, after: Member)] = []
  private(set) var unchanged = 0
  /// How many rows have faults.
  private(set) var refused = 0
  private(set) var faults: [PlacedFault] = []

  /// - Parameters:
  ///   - rows: in the order of the file.
  ///   - members: by `EmailAddress.key`.
  init(_ rows: [ImportRow], members: [String: Member]) {
    var lines: [String: Number] = [:]
    for row in rows {
      let registration = Registration(row)
      var found = registration.faults
      if let email = registration.email {
        if let first = lines[email.key] {
          found.append(.repeatedEmail(email.rawValue, firstLine: first.rawValue))
        } else {
          lines[email.key] = row.line
        }
      }
      guard found.isEmpty, let draft = registration.draft else {
        refused += 1
        faults += found.map { PlacedFault(line: row.line, fault: $0) }
        continue
      }
      guard let member = members[draft.email.key] else {
        registered.append(draft)
        continue
      }
      var after = member
      after.draft = draft
      if after == member { unchanged += 1 } else { changed.append((member, after)) }
    }
  }

  /// Whether anything is to be written.
  func isWritten(_ mode: CommitImport.Mode) -> Bool {
    switch mode {
    case .whole: refused == 0
    case .good: true
    case .dryRun: false
    }
  }
}
