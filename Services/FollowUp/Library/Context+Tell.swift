import Contracts
import Messaging
import ServiceRuntime

extension Context {
  /// Asks the notifier to tell one or both of a pair one thing, once, and counts the tasks.
  ///
  /// - Parameters:
  ///   - occasion: tells a thing that is told again apart from the time before: a number or a day.
  ///   - day: the day that the mail speaks of.
  ///   - expires: when it is not worth telling any more; two weeks from now where nil.
  func tell(
    _ kind: TellMember.Kind, _ parties: [Party] = Party.allCases, of pair: Pair, _ mentorship: MentorshipID,
    occasion: String? = nil, day: Day? = nil, expires: Timestamp? = nil
  ) throws {
    for party in parties {
      let parts = [mentorship.rawValue, kind.rawValue, occasion, party.rawValue].compactMap(\.self)
      try emit(
        TellMember(
          task: TaskID(unchecked: parts.joined(separator: "-")), kind: kind, to: pair[party],
          about: pair[party.other], party: party, mentorship: mentorship, day: day),
        key: mentorship.rawValue, expires: expires ?? now + .seconds(14 * 24 * 3600))
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO told (kind, tasks) VALUES (?, ?)
        ON CONFLICT (kind) DO UPDATE SET tasks = tasks + excluded.tasks
        """
    ).execute(arguments: [kind.rawValue, parties.count])
  }
}
