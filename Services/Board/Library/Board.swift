import Contracts
import Foundation
import Messaging
import Register
import Texts

/// What a board member can do, over one connection. The commands of `board` are thin layers over it.
public struct Board: Sendable {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  // MARK: Members

  public struct ImportOutcome: Sendable, Codable {
    public var committed: CommitImport.Reply
    public var faults: [GetImportReport.Fault]
    /// What a dry run would do with each row; empty where it was none.
    public var account: [GetImportAccount.Item] = []
  }

  public enum ImportStage: Sendable { case uploading, checking, writing }

  /// Uploads the rows in parts, commits them, waits until that is done, and reads back what was refused.
  ///
  /// - Parameters:
  ///   - columns: those that the file has; nil: all.
  ///   - progress: called with the rows that have come through a stage so far.
  public func importRows(
    _ rows: [ImportRow], columns: [RegisterColumn]? = nil, mode: CommitImport.Mode,
    progress: (ImportStage, Int) -> Void = { _, _ in }
  ) async throws -> ImportOutcome {
    let id = ImportID(unchecked: "i-" + UUID().uuidString.prefix(13).lowercased())
    var parts = 0
    var sent = 0
    repeat {
      let part = rows[sent...].prefix(Bounded<ImportRow>.maximum).fitting(Board.partBytes)
      parts += 1
      sent += part.count
      _ = try await connection.command(
        StageImportRows(importId: id, part: Number(unchecked: parts), rows: Bounded(part)))
      progress(.uploading, sent)
    } while sent < rows.count
    var committed = try await connection.command(
      CommitImport(importId: id, parts: Number(unchecked: parts), mode: mode, columns: columns.map { Bounded($0) }))
    while let step = committed.underWay {
      progress(step.isWriting ? .writing : .checking, rows.count * step.parts.rawValue / parts)
      try await Task.sleep(for: .milliseconds(20))
      committed = try await connection.ask(GetImport(importId: id))
    }
    var faults: [GetImportReport.Fault] = []
    while true {
      let page = try await connection.ask(GetImportReport(importId: id, after: Count(faults.count)))
      faults += page.faults.elements
      if page.faults.elements.isEmpty || faults.count >= page.total.rawValue { break }
    }
    var outcome = ImportOutcome(committed: committed, faults: faults)
    while mode == .dryRun {
      let page = try await connection.ask(GetImportAccount(importId: id, after: Count(outcome.account.count)))
      outcome.account += page.items.elements
      if page.items.elements.isEmpty || outcome.account.count >= page.total.rawValue { break }
    }
    return outcome
  }

  /// As many bytes of cells go in one part as fit into an envelope, however JSON escapes them.
  private static let partBytes = 100_000

  public func members(
    search: SearchText? = nil, role: MemberRole? = nil, status: MemberStatus? = nil, topic: Topic? = nil,
    area: Area? = nil
  ) async throws -> [MemberSummary] {
    try await pages { after in
      let page = try await connection.ask(
        ListMembers(search: search, role: role, status: status, topic: topic, area: area, after: after))
      return (page.members.elements, page.next)
    }
  }

  /// A member by id or by e-mail address, as a person types it.
  public func member(_ reference: String) async throws -> GetMember.Reply {
    guard let text = SearchText(rawValue: reference) else {
      throw BoardFailure.unusable(BoardTexts.badReference(reference)[connection.language])
    }
    return try await connection.ask(GetMember(member: text))
  }

  /// The id that a reference means: an id is taken as it is, anything with an `@` is looked up.
  public func memberID(_ reference: String) async throws -> MemberID {
    if !reference.contains("@"), let id = MemberID(rawValue: reference) { return id }
    return try await member(reference).member.id
  }

  /// The whole register as rows, and how many members with protected identity were left out.
  public func exportedRows(progress: (Int) -> Void = { _ in }) async throws -> (rows: [ImportRow], hidden: Int) {
    var hidden = 0
    var count = 0
    let rows = try await pages { after in
      let page = try await connection.ask(ExportMembers(after: after))
      hidden += page.hidden.rawValue
      count += page.rows.elements.count
      progress(count)
      return (page.rows.elements, page.next)
    }
    return (rows, hidden)
  }

  /// Everybody's name, for tables.
  public func names() async throws -> [MemberID: String] {
    Dictionary(try await members().map { ($0.id, $0.name.rawValue) }, uniquingKeysWith: { $1 })
  }

  // MARK: Pairs

  public func matches(state: MatchState? = nil) async throws -> [ListMatches.Item] {
    try await pages { after in
      let page = try await connection.ask(ListMatches(state: state, after: after))
      return (page.matches.elements, page.next)
    }
  }

  public func places() async throws -> [ListMentorPlaces.Item] {
    try await pages { after in
      let page = try await connection.ask(ListMentorPlaces(after: after))
      return (page.mentors.elements, page.next)
    }
  }

  public func mentorships(state: MentorshipState? = nil) async throws -> [ListMentorships.Item] {
    try await pages { after in
      let page = try await connection.ask(ListMentorships(state: state, after: after))
      return (page.mentorships.elements, page.next)
    }
  }

  /// What the board has to do, the most urgent first.
  public func tasks(includeClosed: Bool = false) async throws -> [ListBoardTasks.Item] {
    try await pages { after in
      let page = try await connection.ask(ListBoardTasks(includeClosed: includeClosed, after: after))
      return (page.tasks.elements, page.next)
    }
  }

  /// What became of the answers in a Maildir.
  public struct CarriedAnswers: Sendable, Encodable {
    public var taken: [AnswerByToken.Reply] = []
    /// By the name of the mail, why it was refused for good.
    public var refused: [String: String] = [:]
    /// Mails that are no answers, and are left for a person.
    public var left = 0
  }

  /// Carries the answers in a Maildir to the service that asked. What is answered, and what is refused for good, is
  /// marked as read; all else stays unread, for a person or for the next time.
  ///
  /// - Throws: `BoardFailure`, also where the folder is no Maildir. What was carried stays carried, and a repeat
  ///   changes nothing.
  public func carryAnswers(from maildir: String) async throws -> CarriedAnswers {
    let replies = Replies(path: maildir)
    let files: [Replies.File]
    do { files = try replies.unread() } catch {
      throw BoardFailure.unusable(HealthTexts.noMaildir(maildir)[connection.language])
    }
    var carried = CarriedAnswers()
    for file in files {
      guard let subject = file.subject.flatMap(AnswerSubject.init(text:)) else {
        carried.left += 1
        continue
      }
      var isRefused = false
      do {
        carried.taken.append(
          try await connection.command(
            AnswerByToken(token: subject.token, answer: subject.answer, day: subject.day)))
      } catch BoardFailure.refused(let problem) where problem.retryable != true {
        isRefused = true
        carried.refused[file.name] = "\(problem.title). \(problem.detail)"
      }
      do { try replies.markRead(file, isRefused: isRefused) } catch {
        throw BoardFailure.unusable(BoardTexts.cannotWrite(maildir + "/cur")[connection.language])
      }
    }
    return carried
  }

  public func mails(to member: MemberID? = nil, state: MailState? = nil) async throws -> [ListMails.Item] {
    try await pages { after in
      let page = try await connection.ask(ListMails(to: member, after: after, state: state))
      return (page.mails.elements, page.next)
    }
  }

  /// Commands something of each mail that was only kept here while there was no mail server, but for those that go with
  /// another.
  public func handleKept<C: Command>(
    _ command: (TaskID) -> C
  ) async throws -> [MailStateReply] where C.Reply == MailStateReply {
    var replies: [MailStateReply] = []
    for mail in try await mails(state: .kept) {
      do {
        replies.append(try await connection.command(command(mail.task)))
      } catch BoardFailure.refused(let problem) where problem.code == "mail/shares-a-mail" {}
    }
    return replies
  }

  // MARK: The services

  /// How one service answered, or that it didn't.
  public struct ServiceAnswer: Sendable {
    public let service: ServiceName
    public let status: GetStatus.Reply?
  }

  /// Asks every service, one after the other; one that is out of reach has no status.
  public func status() async throws -> [ServiceAnswer] {
    var answers: [ServiceAnswer] = []
    for service in ServiceName.allCases {
      do {
        answers.append(
          ServiceAnswer(service: service, status: try await connection.ask(GetStatus(), of: service)))
      } catch BoardFailure.outOfReach, BoardFailure.unknown {
        answers.append(ServiceAnswer(service: service, status: nil))
      }
    }
    return answers
  }

  /// How mails fare; nil where the notifier is out of reach.
  public func mailDelivery() async throws -> GetMailDelivery.Reply? {
    do { return try await connection.ask(GetMailDelivery()) } catch BoardFailure.outOfReach, BoardFailure.unknown {
      return nil
    }
  }

  public func deadLetters(
    of service: ServiceName, box: LetterBox
  ) async throws -> [ListDeadLetters.Item] {
    var letters: [ListDeadLetters.Item] = []
    while true {
      let after = Count(letters.last?.number.rawValue ?? 0)
      let page = try await connection.ask(ListDeadLetters(box: box, after: after), of: service)
      letters += page.letters.elements
      if page.letters.elements.count < Bounded<ListDeadLetters.Item>.maximum { return letters }
    }
  }

  /// A dead letter with what it holds back.
  public struct OpenedLetter: Sendable, Encodable {
    public let letter: GetDeadLetter.Reply
    /// Later messages of its key that wait at their sender; nil where that is out of reach.
    public let waiting: Count?
  }

  /// Opens one dead letter, and asks the service that sent it how many wait behind it.
  public func deadLetter(of service: ServiceName, box: LetterBox, number: Number) async throws -> OpenedLetter {
    let letter = try await connection.ask(GetDeadLetter(box: box, number: number), of: service)
    let peer = ServiceName(rawValue: letter.letter.peer.rawValue)
    let (sender, receiver) = box == .received ? (peer, service) : (service, peer)
    guard let key = letter.key, let sender, let receiver else { return OpenedLetter(letter: letter, waiting: Count(0)) }
    do {
      let reply = try await connection.ask(CountWaiting(receiver: receiver, key: key), of: sender)
      return OpenedLetter(letter: letter, waiting: reply.waiting)
    } catch BoardFailure.outOfReach, BoardFailure.unknown {
      return OpenedLetter(letter: letter, waiting: nil)
    }
  }

  // MARK: Pages

  private func pages<Item>(
    _ read: (PageToken?) async throws -> ([Item], PageToken?)
  ) async throws -> [Item] {
    var all: [Item] = []
    var after: PageToken?
    repeat {
      let (items, next) = try await read(after)
      all += items
      after = next
    } while after != nil
    return all
  }
}

extension ArraySlice<ImportRow> {
  /// The first rows whose cells have no more bytes than that together, and at least one.
  fileprivate func fitting(_ limit: Int) -> ArraySlice<ImportRow> {
    var bytes = 0
    let end = firstIndex { row in
      bytes += row.bytes
      return bytes > limit
    }
    return prefix(upTo: Swift.max(end ?? endIndex, Swift.min(startIndex + 1, endIndex)))
  }
}
