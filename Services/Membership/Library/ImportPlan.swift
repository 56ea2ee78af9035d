import Contracts
import Register
import Texts

/// What an import would do to the register, decided from all rows of the file and the members that there
/// are.
struct ImportPlan: Sendable {
  /// A fault and the line of the file on which its row begins.
  struct PlacedFault: Sendable, Hashable {
    let line: Number
    let fault: RegisterFault
  }

  /// What a row comes to.
  struct Outcome: Sendable {
    let line: Number
    /// Nil for somebody whom the register doesn't know.
    let before: Member?
    let after: Member
    var isUnchanged: Bool { before == after }
  }

  /// The good rows in the order of the file.
  private(set) var outcomes: [Outcome] = []
  /// How many rows have faults.
  private(set) var refused = 0
  private(set) var faults: [PlacedFault] = []

  var registered: [Member] { outcomes.filter { $0.before == nil }.map(\.after) }
  var changed: [Outcome] { outcomes.filter { $0.before != nil && !$0.isUnchanged } }
  var unchanged: Int { outcomes.count(where: \.isUnchanged) }

  /// - Parameters:
  ///   - rows: in the order of the file.
  ///   - columns: those that the file has; what stands in the others is left as it is.
  ///   - members: by `EmailAddress.key`.
  ///   - seesProtected: whether the caller may change, and be told, what is held of those with protected identity.
  init(
    _ rows: [ImportRow], columns: Set<RegisterColumn>, members: [String: Member], rules: RegisterRules, today: Day,
    seesProtected: Bool, newID: () -> MemberID
  ) {
    var lines: [String: Number] = [:]
    var good: [Outcome] = []
    for row in rows {
      let known = Registration.email(of: row).flatMap { members[$0.key] }
      let registration = Registration(known.map { row.keeping(columns, of: $0) } ?? row)
      var found = registration.faults
      if let email = registration.email {
        if let first = lines[email.key] {
          found.append(.repeatedEmail(email.rawValue, firstLine: first.rawValue))
        } else {
          lines[email.key] = row.line
        }
      }
      let after = registration.draft.map { Member(id: known?.id ?? newID(), $0, before: known, today: today) }
      if known?.isProtected == true, !seesProtected {
        found = [.protectedByChair]
      } else {
        found += after?.faults(rules, before: known) ?? []
      }
      if let after, found.isEmpty {
        good.append(Outcome(line: row.line, before: known, after: after))
      } else {
        refuse(row.line, found)
      }
    }
    place(good, among: members)
    faults.sort { $0.line.rawValue < $1.line.rawValue }
  }

  /// Finds those whom the good rows name, in the register and in the file itself.
  private mutating func place(_ rows: [Outcome], among members: [String: Member]) {
    var ids = members.mapValues(\.id)
    for row in rows { ids[row.after.draft.email.key] = row.after.id }
    let known = Set(ids.values)
    for row in rows {
      let (after, unknown) = row.after.resolved { reference in
        switch reference {
        case .email(let key): ids[key].map(MemberReference.member) ?? reference
        case .member(let id): known.contains(id) ? reference : nil
        }
      }
      if unknown.isEmpty {
        outcomes.append(Outcome(line: row.line, before: row.before, after: after))
      } else {
        refuse(row.line, unknown)
      }
    }
  }

  private mutating func refuse(_ line: Number, _ found: [RegisterFault]) {
    refused += 1
    faults += found.map { PlacedFault(line: line, fault: $0) }
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

extension ImportRow {
  /// The row with what the register holds of a member in the columns that its file doesn't have.
  fileprivate func keeping(_ columns: Set<RegisterColumn>, of member: Member) -> ImportRow {
    columns.count == RegisterColumn.allCases.count ? self : keeping(columns, of: member.draft.row(line: line))
  }
}
