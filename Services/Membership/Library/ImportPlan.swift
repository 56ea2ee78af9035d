import Contracts
import Register
import Texts

/// What some rows of an import would do to the register, decided from them and from those in the register whom they are
/// about.
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

  /// What is known of the addresses in some rows.
  struct Known {
    /// By `EmailAddress.key`.
    var members: [String: Member] = [:]
    /// The line on which the file has the address first, by the index of a row that has it again.
    var repeats: [Int: Number] = [:]
  }

  /// - Parameters:
  ///   - rows: in the order of the file.
  ///   - columns: those that the file has; what stands in the others is left as it is.
  ///   - seesProtected: whether the caller may change, and be told, what is held of those with protected identity.
  ///   - seesConfidences: whether the same goes for what a member has said in confidence.
  ///   - resolve: whom somebody names as the register knows them; nil for an id that is nobody's.
  init(
    _ rows: [ImportRow], columns: Set<RegisterColumn>, _ known: Known, rules: RegisterRules, today: Day,
    seesProtected: Bool, seesConfidences: (MemberID) -> Bool, newID: () -> MemberID,
    resolve: (MemberReference) throws -> MemberReference?
  ) rethrows {
    let confidences = RegisterColumn.allCases.filter(RegisterColumn.confidences.intersection(columns).contains)
    var good: [Outcome] = []
    for (index, row) in rows.enumerated() {
      let before = Registration.email(of: row).flatMap { known.members[$0.key] }
      let registration = Registration(before.map { row.keeping(columns, of: $0) } ?? row)
      var found = registration.faults
      if let email = registration.email, let first = known.repeats[index] {
        found.append(.repeatedEmail(email.rawValue, firstLine: first.rawValue))
      }
      let after = registration.draft.map { Member(id: before?.id ?? newID(), $0, before: before, today: today) }
      if before?.isProtected == true, !seesProtected {
        found = [.protectedByChair]
      } else if let before, !confidences.isEmpty, !seesConfidences(before.id) {
        found = confidences.map(RegisterFault.confidenceOfAnother)
      } else {
        found += after?.faults(rules, before: before, today: today) ?? []
      }
      if let after, found.isEmpty {
        good.append(Outcome(line: row.line, before: before, after: after))
      } else {
        refuse(row.line, found)
      }
    }
    try place(good, resolve)
    faults.sort { $0.line.rawValue < $1.line.rawValue }
  }

  /// Finds those whom the good rows name, in the register and in these rows.
  private mutating func place(
    _ rows: [Outcome], _ resolve: (MemberReference) throws -> MemberReference?
  ) rethrows {
    let ids = Dictionary(rows.map { ($0.after.draft.email.key, $0.after.id) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      let (after, unknown) = try row.after.resolved { reference in
        if case .email(let key) = reference, let id = ids[key] { return .member(id) }
        return try resolve(reference)
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
}

extension ImportRow {
  /// The row with what the register holds of a member in the columns that its file doesn't have.
  fileprivate func keeping(_ columns: Set<RegisterColumn>, of member: Member) -> ImportRow {
    columns.count == RegisterColumn.allCases.count ? self : keeping(columns, of: member.draft.row(line: line))
  }
}
