import Contracts
import Foundation
import Messaging
import Planner
import Register
import Rules
import Texts

/// Mentors and adepts as two register files hold them. A row of another role is not read, so the whole register may be
/// given for both.
struct PeopleFiles {
  let cohort: Cohort
  /// By e-mail address, which is what people are told apart by here.
  let names: [MemberID: PersonName]

  /// - Throws: `BoardFailure.unusable` with every fault, by file and line.
  init(mentors: String, adepts: String, rules: String?, today: Day) throws {
    let weights = try rules.map(PeopleFiles.weights) ?? ScoreWeights()
    let offering = try PeopleFiles.drafts(mentors, PeopleFiles.isMentor)
    let wanting = try PeopleFiles.drafts(adepts, PeopleFiles.isAdept)
    names = Dictionary((offering + wanting).map { ($0.id, $0.name) }) { first, _ in first }
    do {
      cohort = try Cohort(
        mentors: offering.map { Cohort.Person($0.offlineProfile, places: $0.capacity?.rawValue ?? 1, today: today) },
        adepts: wanting.map { Cohort.Person($0.offlineProfile, today: today) }, weights: weights)
    } catch { throw BoardFailure.unusable(PlanTexts.tooLarge[BoardLanguage.current]) }
  }

  static func weights(_ path: String) throws -> ScoreWeights {
    let data = try contents(path)
    do { return try ScoreWeights(file: data) } catch {
      throw BoardFailure.unusable(
        error.faults.map { "\(path): \($0.phrase[BoardLanguage.current])" }.joined(separator: "\n"))
    }
  }

  private static func isMentor(_ role: MemberRole) -> Bool { role.isMentor }
  private static func isAdept(_ role: MemberRole) -> Bool { role.isAdept }

  private static func contents(_ path: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BoardFailure.unusable(BoardTexts.noFile(path)[BoardLanguage.current])
    }
    return data
  }

  private static func drafts(_ path: String, _ isWanted: (MemberRole) -> Bool) throws -> [MemberDraft] {
    let language = BoardLanguage.current
    let file: RegisterFile
    do { file = try RegisterFile(try contents(path)) } catch let refusal as RegisterRefusal {
      throw BoardFailure.unusable("\(path): \(refusal.title[language]). \(refusal.detail[language])")
    }
    var (drafts, faults, lines): ([MemberDraft], [String], [String: Int]) = ([], [], [:])
    for row in file.rows {
      let registration = Registration(row)
      var found = registration.faults
      if let email = registration.email, let first = lines.updateValue(row.line.rawValue, forKey: email.key) {
        found.append(.repeatedEmail(email.rawValue, firstLine: first))
      }
      faults += found.map { PlanTexts.fault(path, line: row.line.rawValue, $0.column.title, $0.reason)[language] }
      if let draft = registration.draft, isWanted(draft.role) { drafts.append(draft) }
    }
    guard faults.isEmpty else { throw BoardFailure.unusable(faults.joined(separator: "\n")) }
    guard !drafts.isEmpty else { throw BoardFailure.unusable(PlanTexts.nobodyInFile(path)[language]) }
    return drafts
  }
}

extension MemberDraft {
  /// The address stands for the id, which only a register gives.
  fileprivate var id: MemberID { MemberID(unchecked: email.key) }

  fileprivate var offlineProfile: Profile {
    profile(of: id, status: .active) { reference in
      if case .email(let key) = reference { MemberID(unchecked: key) } else { nil }
    }
  }
}
