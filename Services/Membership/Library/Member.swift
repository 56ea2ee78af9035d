import Contracts
import Register
import Texts

/// A person in the register.
struct Member: Sendable, Hashable {
  let id: MemberID
  /// With its status and the day since when, always.
  private(set) var draft: MemberDraft

  /// - Parameters:
  ///   - draft: what is to hold. Of status, reason, ground and waiting, what it doesn't say stays as `before` has it.
  ///   - before: nil for somebody who is new.
  init(id: MemberID, _ draft: MemberDraft, before: Member? = nil, today: Day, newStatus: MemberStatus = .active) {
    self.id = id
    self.draft = draft
    let held = before?.draft
    let status = draft.status ?? held?.status ?? newStatus
    self.draft.status = status
    // Who is gone is so from today at the earliest: a day in the past would have them erased at once.
    let isHeld = held?.status == status
    let earliest = MemberStatus.gone.contains(status) ? (isHeld ? held?.since : today) : nil
    let since = draft.since ?? (isHeld ? held?.since : today) ?? today
    self.draft.since = earliest.map { max($0, since) } ?? since
    self.draft.pausedUntil = status == .paused ? draft.pausedUntil ?? held?.pausedUntil : nil
    self.draft.reason = draft.reason ?? held?.reason
    self.draft.basis = draft.basis ?? held?.basis
    self.draft.facts.waitingSince =
      draft.facts.waitingSince ?? held?.facts.waitingSince ?? (before == nil ? today : nil)
  }

  /// A row of the store.
  init(id: MemberID, stored draft: MemberDraft) {
    self.id = id
    self.draft = draft
  }

  var status: MemberStatus { draft.status ?? .active }
  var since: Day { draft.since ?? Day.example }
  var isProtected: Bool { draft.facts.isProtected == true }

  /// Whether the others know of the person: they are told when somebody is admitted, and from then on.
  var isTold: Bool { [.active, .paused, .left].contains(status) }

  /// What matching needs to know. Whoever is named by an address that nobody in the register has is left out.
  var profile: Profile {
    draft.profile(of: id, status: status) { reference in
      if case .member(let id) = reference { id } else { nil }
    }
  }

  /// What notification needs to know.
  var address: AddressChanged {
    AddressChanged(
      member: id, name: draft.name, email: draft.email, language: draft.language, isProtected: isProtected ? true : nil,
      status: status)
  }

  /// What is wrong with it as a whole, by the rules of the board and what was before.
  func faults(_ rules: RegisterRules, before: Member?, today: Day) -> [RegisterFault] {
    var faults: [RegisterFault] = []
    if let before, before.isTold, !isTold { faults.append(.noWayBack(status)) }
    if status == .paused {
      if let until = draft.pausedUntil {
        if until <= today, until != before?.draft.pausedUntil { faults.append(.untilNotLater(until)) }
      } else {
        faults.append(.missing(.pausedUntil))
      }
    }
    // A reason that stood there before was given for something else.
    let isReasoned = draft.reason != nil && draft.reason != before?.draft.reason
    if status == .declined, before?.status != .declined, !isReasoned { faults.append(.missing(.reason)) }
    if isTold, isBeyondLimit(rules), !isReasoned {
      let (years, limit) = (draft.years.rawValue, rules.adeptYears.rawValue)
      if before?.isTold != true {
        faults.append(.beyondLimit(years: years, limit: limit))
      } else if before?.draft.role != .adept {
        // Who was one already may grow old in the role.
        faults.append(.becomesAdept(years: years, limit: limit))
      }
    }
    return faults
  }

  /// Somebody who is a mentor too gives what an adept with as many years would only take.
  func isBeyondLimit(_ rules: RegisterRules) -> Bool {
    draft.role == .adept && draft.years.rawValue > rules.adeptYears.rawValue
  }

  /// The member with everybody whom they name by the id that the register has for them.
  func resolved(_ resolve: (MemberReference) throws -> MemberReference?) rethrows -> (Member, unknown: [RegisterFault])
  {
    var member = self
    var unknown: [RegisterFault] = []
    for (column, path) in NamedPeople.kinds {
      guard let references = draft.named[keyPath: path] else { continue }
      var seen: Set<MemberReference> = []
      member.draft.named[keyPath: path] = try references.compactMap { reference in
        guard let known = try resolve(reference) else {
          unknown.append(.unknownReference(column, reference.text))
          return nil
        }
        if known == .member(id) { unknown.append(.namesThemselves(column)) }
        return seen.insert(known).inserted ? known : nil
      }
    }
    return (member, unknown)
  }
}
