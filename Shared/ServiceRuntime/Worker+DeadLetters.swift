import Contracts
import Foundation
import GRDB
import Messaging
import Store
import Texts

/// The dead-letter desk: what every service answers about the deliveries that it could not effect, and about
/// those of its own that were refused.
extension Worker {
  func deadLetters(_ query: ListDeadLetters, _ context: Context) throws -> ListDeadLetters.Reply {
    let after = Int64(query.after.rawValue)
    let limit = Bounded<Int>.maximum
    let items =
      switch query.box {
      case .received:
        try DeadLetter.page(context.db, after: after, limit: limit).map { item($0, context.language) }
      case .sent:
        try outbox.dead(context.db, after: after, limit: limit).map { item($0, context.language) }
      }
    return ListDeadLetters.Reply(letters: Bounded(items))
  }

  func deadLetter(_ query: GetDeadLetter, _ context: Context) throws -> GetDeadLetter.Reply {
    guard context.principal.memberID == nil else { throw RequestRefusal.anotherMustRead }
    let number = Int64(query.number.rawValue)
    func reply(
      _ item: ListDeadLetters.Item, id: String, key: String, problem: String, body: Data
    ) -> GetDeadLetter.Reply {
      let death = Death(text: problem)
      return GetDeadLetter.Reply(
        letter: item, id: Attribute(unchecked: id), key: Attribute(rawValue: key), cause: Code(unchecked: death.code),
        detail: death.detail.isEmpty ? nil : Sentence(death.detail), body: Worker.readable(body))
    }
    switch query.box {
    case .received:
      guard let letter = try DeadLetter.find(context.db, number: number) else {
        throw RequestRefusal.noSuchDeadLetter(query.number.rawValue)
      }
      return reply(
        item(letter, context.language), id: letter.id, key: letter.key, problem: letter.problem, body: letter.body)
    case .sent:
      guard let row = try outbox.dead(context.db, sequence: number),
        let body = try outbox.body(context.db, sequence: number)
      else { throw RequestRefusal.noSuchDeadLetter(query.number.rawValue) }
      return reply(item(row, context.language), id: row.id, key: row.key, problem: row.problem, body: body)
    }
  }

  func countWaiting(_ query: CountWaiting, _ db: Database) throws -> CountWaiting.Reply {
    CountWaiting.Reply(
      waiting: Count(try outbox.waiting(db, destination: query.receiver.rawValue, key: query.key.rawValue)))
  }

  private func item(_ letter: DeadLetter, _ language: Language) -> ListDeadLetters.Item {
    ListDeadLetters.Item(
      number: Number(unchecked: Int(letter.number)), peer: Code(unchecked: letter.source),
      message: Code(unchecked: letter.type), attempts: Count(letter.attempts), died: letter.diedAt,
      problem: Sentence(Death(text: letter.problem).sentence(attempts: letter.attempts)[language]))
  }

  private func item(_ row: Outbox.DeadRow, _ language: Language) -> ListDeadLetters.Item {
    ListDeadLetters.Item(
      number: Number(unchecked: Int(row.sequence)), peer: Code(unchecked: row.destination),
      message: Code(unchecked: row.type), attempts: Count(1), died: row.diedAt,
      problem: Sentence(Death(text: row.problem).sentence(attempts: 1)[language]))
  }

  /// Indented JSON; what is none as the text that it is.
  private static func readable(_ body: Data) -> LetterText {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys, .prettyPrinted]
    let json = try? encoder.encode(JSONDecoder().decode(JSONValue.self, from: body).withoutTokens)
    return LetterText(String(decoding: json ?? body, as: UTF8.self))
  }

  // MARK: Settling

  func settle(_ command: SettleDeadLetter, _ context: Context) throws -> SettleDeadLetter.Reply {
    switch command.box {
    case .received: try settleReceived(command, context.db)
    case .sent: try settleSent(command, context.db)
    }
    return SettleDeadLetter.Reply(number: command.number)
  }

  private func settleReceived(_ command: SettleDeadLetter, _ db: Database) throws {
    let number = Int64(command.number.rawValue)
    guard let letter = try DeadLetter.find(db, number: number) else {
      throw RequestRefusal.noSuchDeadLetter(command.number.rawValue)
    }
    if command.way == .replay {
      let envelope = try coder.decode(letter.body)
      let outcome: DeliveryOutcome
      do { outcome = try effect(envelope, db) } catch let error as DatabaseError where error.isOfTheFile {
        throw error
      } catch {
        log.error("a replay failed", metadata: ["type": "\(letter.type)", "error": "\(error)"])
        throw RequestRefusal.stillFails(Death(.failed))
      }
      switch outcome {
      case .done: break
      case .retryAfter(_, let reason), .reject(let reason):
        throw RequestRefusal.stillFails(Death(envelope.isMalformed ? .malformed : .rejected, reason))
      }
    }
    try DeadLetter.close(db, number: number, replayed: command.way == .replay)
  }

  private func settleSent(_ command: SettleDeadLetter, _ db: Database) throws {
    let sequence = Int64(command.number.rawValue)
    guard let row = try outbox.dead(db, sequence: sequence) else {
      throw RequestRefusal.noSuchDeadLetter(command.number.rawValue)
    }
    try outbox.settleDead(db, sequence: sequence, again: command.way == .replay)
    // One packet can have died with several rows of the key; the last one settled lets it go on.
    guard let receiver = ServiceName(rawValue: row.destination),
      try !outbox.isBlocked(db, destination: row.destination, key: row.key)
    else { return }
    unblock(receiver, key: row.key)
  }
}

extension JSONValue {
  /// Whoever has a token can answer for whom it was made: none is shown to anybody else.
  fileprivate var withoutTokens: JSONValue {
    switch self {
    case .object(let fields):
      .object(Dictionary(uniqueKeysWithValues: fields.map { ($0, $0 == "token" ? .string("…") : $1.withoutTokens) }))
    case .array(let values): .array(values.map(\.withoutTokens))
    default: self
    }
  }
}
