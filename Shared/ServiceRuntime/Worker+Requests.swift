import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Texts

extension Worker {
  /// Answers one request: is it this principal's, may they, is it well-formed, was it done before; then the
  /// handler. Nil where the bytes are no envelope, so that nobody can be answered.
  func handleRequest(_ body: Data, _ principal: Principal, _ db: Database) throws -> Packet? {
    let request: Envelope
    do { request = try coder.decode(body) } catch {
      countRejected("a request that is no envelope")
      return nil
    }
    let answer: Answer
    let told = unblocked.count
    let planned = backup.planned
    let began = clock.monotonic()
    do {
      answer = try respond(to: request, principal, db)
      count(request, .done, since: began)
    } catch let error as DatabaseError where error.isOfTheFile {
      throw error
    } catch let refusal as any Refusal {
      answer = Answer(problem(refusal, request))
      count(request, .refused, since: began)
      try noteRefusal(refusal, request, principal, db)
      note(
        "a request was refused", request.traceparent,
        ["type": "\(known(request))", "code": "\(refusal.code)", "principal": "\(principal.id)"])
    } catch let error as StoreError where error.isRetryable {
      answer = Answer(problem(RequestRefusal.full, request, retryable: true))
      count(request, .failed, since: began)
    } catch {
      count(request, .failed, since: began)
      log.error(
        "a request failed", metadata: traced(request.traceparent, ["type": "\(request.type)", "error": "\(error)"]))
      answer = Answer(problem(RequestRefusal.failed, request, retryable: true))
    }
    // With a refusal the savepoint is undone, and so is what was to follow its commit.
    if answer.message is Problem {
      unblocked.removeLast(unblocked.count - told)
      backup.planned = planned
    }
    return try reply(to: request, answer)
  }

  /// Writes into the audit trail that somebody has tried what was refused: a command, or what their role may not ask. What
  /// is asked of somebody who is not there, or typed wrong, changes and tells nothing.
  private func noteRefusal(_ refusal: any Refusal, _ request: Envelope, _ principal: Principal, _ db: Database) throws {
    let isForbidden = if case .notPermitted? = refusal as? RequestRefusal { true } else { false }
    guard isForbidden || Permissions.rule(of: request.type)?.isCommand == true, principal.role != .service,
      case .message(let message) = request.body
    else { return }
    try Audit.add(
      db, at: calendar, principal: principal.id, type: request.type, key: request.idempotencykey ?? request.id,
      subject: (message as? any ConcernsMember)?.member.rawValue.ifMinted, outcome: refusal.code)
  }

  private func count(_ request: Envelope, _ outcome: WorkerCounts.Outcome, since began: Duration) {
    counts.request(known(request), outcome, clock.monotonic() - began)
  }

  /// The type, where it is one that there is: what a stranger calls things has no place in metrics and logs.
  private func known(_ request: Envelope) -> String {
    if case .unknown = request.body { "unknown" } else { request.type }
  }

  private func respond(
    to request: Envelope, _ principal: Principal, _ db: Database
  ) throws -> Answer {
    guard request.source == principal.id else {
      throw RequestRefusal.notYours(source: request.source, principal: principal.id)
    }
    guard let rule = Permissions.rule(of: request.type) else {
      throw RequestRefusal.unknownType(request.type)
    }
    if let service = rule.service, service != definition.name {
      throw RequestRefusal.wrongService(type: request.type, service: service.rawValue)
    }
    guard rule.roles.contains(principal.role) else {
      throw RequestRefusal.notPermitted(
        type: request.type, role: principal.role.rawValue,
        roles: Principal.Role.allCases.filter(rule.roles.contains).map(\.rawValue))
    }
    let message: any Message
    switch request.body {
    case .message(let read): message = read
    case .malformed(let field, _):
      throw RequestRefusal.malformed(
        field: field, accepts: FieldTexts.accepted(by: rule.request.jsonSchema, at: field))
    case .unknown: throw RequestRefusal.unknownType(request.type)
    }
    let context = context(
      db, now: calendar, principal: principal, language: request.language, causation: request.id,
      traceparent: request.traceparent)
    // What the runtime answers tells what waits, and a command may put something into the outbox.
    if rule.isCommand || definition.handlers.requests[request.type] == nil { try writeEffected(db) }
    guard rule.isCommand else { return Answer(try handle(message, request.type, context)) }
    var answer: Answer?
    try db.savepoint {
      answer = try command(message, request, context)
      return .commit
    }
    return answer!
  }

  /// A command's reply is kept in the transaction that does the work, and a repeat gets it.
  private func command(
    _ message: any Message, _ request: Envelope, _ context: Context
  ) throws -> Answer {
    guard let key = request.idempotencykey else { throw RequestRefusal.missingKey }
    let db = context.db
    let principal = context.principal.id
    let hash = Inbox.hash(try EnvelopeCoder.encoder.encode(message))
    switch try replies.find(db, principal: principal, type: request.type, key: key, hash: hash) {
    case .reply(let stored): return Answer(try coder.decode(stored).message())
    case .otherBody: throw RequestRefusal.keyReused
    case .none: break
    }
    let answer = try handle(message, request.type, context)
    let data = try EnvelopeCoder.encoder.encode(answer)
    let kept = Envelope(
      id: request.id, source: definition.name.rawValue, time: calendar, message: answer)
    try replies.keep(
      db, principal: principal, type: request.type, key: key, hash: hash, body: try coder.encode(kept, data: data),
      at: clock.wall())
    let concerned = message as? any ConcernsMember
    try Audit.add(
      db, at: context.now, principal: principal, type: request.type, key: key,
      subject: (concerned ?? answer as? any ConcernsMember)?.member.rawValue,
      outcome: type(of: answer).type)
    note(
      "a command was done", request.traceparent,
      ["type": "\(request.type)", "id": "\(request.id)", "principal": "\(principal)"])
    return Answer(answer, data)
  }

  private func handle(
    _ message: any Message, _ type: String, _ context: Context
  ) throws -> any Message {
    if let handler = definition.handlers.requests[type] { return try handler(message, context) }
    switch message {
    case is GetHealth: return GetHealth.Reply(service: definition.name)
    case is GetStatus: return try status(context.db)
    case is GetMetrics:
      return GetMetrics.Reply(service: definition.name, text: MetricsText(unchecked: try metrics(context.db)))
    case let command as MakeBackup: return try makeBackup(command, context.db)
    case is ListBackups: return listBackups()
    case let command as AdvanceCalendar: return try advance(command, context.db)
    case let query as ListDeadLetters: return try deadLetters(query, context)
    case let query as GetDeadLetter:
      let reply = try deadLetter(query, context)
      try context.noteRead(GetDeadLetter.type, of: reply.key?.rawValue)
      return reply
    case let query as CountWaiting: return try countWaiting(query, context.db)
    case let command as SettleDeadLetter: return try settle(command, context)
    case let query as GetPersonalData: return try personalData(query, context)
    case let query as VerifyAudit: return try verifyAudit(query, context.db)
    case let query as ListAudit: return try listAudit(query, context)
    default: throw RequestRefusal.unknownType(type)
    }
  }

  // MARK: Replies

  /// What a request is answered with, and its bytes where they have been made already.
  struct Answer {
    let message: any Message
    let data: Data?

    init(_ message: any Message, _ data: Data? = nil) {
      self.message = message
      self.data = data
    }
  }

  func reply(to request: Envelope, _ answer: Answer) throws -> Packet {
    let message = answer.message
    var envelope = Envelope(
      id: Envelope.newID(), source: definition.name.rawValue,
      type: type(of: message).type, time: calendar, body: .message(message))
    envelope.correlationid = request.id
    envelope.traceparent = request.traceparent
    return .reply(try coder.encode(envelope, data: answer.data))
  }

  func problem(_ refusal: any Refusal, _ request: Envelope, retryable: Bool? = nil) -> Problem {
    let language = request.language
    return Problem(
      code: refusal.code, title: refusal.title[language], detail: refusal.detail[language],
      retryable: retryable)
  }

  // MARK: What every service answers

  private func status(_ db: Database) throws -> GetStatus.Reply {
    let outboxCounts = try outbox.counts(db)
    let work = try dueWork.counts(db, now: calendar)
    func count(_ state: Outbox.State) -> Count { Count(outboxCounts[state] ?? 0) }
    let oldest = try senders.keys.compactMap { try outbox.waiting(db, destination: $0.rawValue).oldest }.min()
    let unreachable = ServiceName.allCases.filter { senders[$0].map { !$0.isReady } ?? false }
    return GetStatus.Reply(
      service: definition.name, calendar: calendar, isVirtualCalendar: virtualNow != nil,
      outboxPending: count(.pending), outboxParked: count(.parked), outboxDead: count(.dead),
      outboxExpired: count(.expired), deliveriesEffected: count(.effected), due: Count(work.due),
      planned: Count(work.planned), failing: Count(work.failing),
      deadLetters: Count(try DeadLetter.count(db)), rejectedFrames: Count(countOfRejectedFrames),
      changes: Count(db.totalChangesCount), isFull: isFull,
      oldestWaiting: oldest.map { Count(Int((clock.wall().milliseconds - $0.milliseconds) / 1000)) },
      unreachable: Bounded(unreachable), lastBackup: backups?.all.last?.made,
      backupProblem: backup.problem.map { Sentence($0) },
      backupRunning: backup.running.map { Count(Int((clock.monotonic() - $0.since).seconds)) },
      freeMegabytes: freeBytes.map { Count($0 / 1_000_000) },
      unfinishedErasures: Count(try definition.handlers.unfinishedErasures(db)))
  }

  private func advance(_ command: AdvanceCalendar, _ db: Database) throws -> AdvanceCalendar.Reply {
    guard let now = virtualNow else { throw RequestRefusal.calendarIsReal }
    guard command.to >= now else { throw RequestRefusal.calendarBackwards }
    try moveCalendar(to: command.to, db)
    return AdvanceCalendar.Reply(calendar: command.to)
  }
}

extension Envelope {
  /// The language that the sender reads; Swedish where it doesn't say.
  var language: Language { lang.flatMap(Language.init(rawValue:)) ?? .sv }

  /// The message of an envelope that this process wrote itself.
  func message() throws -> any Message {
    guard case .message(let message) = body else {
      throw Packet.Malformed(reason: "a stored reply of an unknown type")
    }
    return message
  }
}
