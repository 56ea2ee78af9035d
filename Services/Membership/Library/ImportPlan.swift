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

  /// People that the register doesn't know.
  private(set) var registered: [Member] = []
  /// Members whose row says something new, before and after.
  private(set) var changed: [(before: Member, after: Member)] = []
  private(set) var unchanged = 0
  /// How many rows have faults.
  private(set) var refused = 0
  private(set) var faults: [PlacedFault] = []

  /// - Parameters:
  ///   - rows: in the order of the file.
  ///   - columns: those that the file has; what stands in the others is left as it is.
  ///   - members: by `EmailAddress.key`.
  ///   - today: from when those wait who are new and whose row doesn't say.
  init(
    _ rows: [ImportRow], columns: Set<RegisterColumn>, members: [String: Member], today: Day,
    newID: () -> MemberID
  ) {
    var lines: [String: Number] = [:]
    var good: [(line: Number, before: Member?, after: Member)] = []
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
      guard found.isEmpty, var draft = registration.draft else {
        refuse(row.line, found)
        continue
      }
      draft.facts.waitingSince =
        draft.facts.waitingSince ?? known?.draft.facts.waitingSince ?? (known == nil ? today : nil)
      var after = known ?? Member(id: newID(), draft: draft, status: .active)
      after.draft = draft
      good.append((row.line, known, after))
    }
    place(good, among: members)
  }

  /// Finds those whom the good rows name, in the register and in the file itself.
  private mutating func place(_ rows: [(line: Number, before: Member?, after: Member)], among members: [String: Member])
  {
    var ids = members.mapValues(\.id)
    for row in rows { ids[row.after.draft.email.key] = row.after.id }
    let known = Set(ids.values)
    for (line, before, after) in rows {
      do throws(RegisterFault) {
        let after = try after.resolved(ids, known)
        if let before, before == after {
          unchanged += 1
        } else if let before {
          changed.append((before, after))
        } else {
          registered.append(after)
        }
      } catch {
        refuse(line, [error])
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

extension Member {
  /// The member with everybody whom they name by the id that the register has for them.
  ///
  /// - Parameter ids: by `EmailAddress.key`.
  func resolved(_ ids: [String: MemberID], _ known: Set<MemberID>) throws(RegisterFault) -> Member {
    var member = self
    for (column, path) in NamedPeople.kinds {
      guard let references = draft.named[keyPath: path] else { continue }
      for case .member(let named) in references {
        if !known.contains(named) { throw .unknownReference(column, named.rawValue) }
        if named == id { throw .namesThemselves(column) }
      }
    }
    member.draft.named = draft.named.mapped { reference in
      guard case .email(let key) = reference, let id = ids[key] else { return reference }
      return .member(id)
    }
    return member
  }
}
