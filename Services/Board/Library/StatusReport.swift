import Contracts
import Foundation
import Messaging
import Texts

/// Whether all is well, and what to do if not, made of what the services answer.
struct StatusReport {
  /// Something is to be done, though every service answers.
  static let exitStatusOfWork: Int32 = 4

  private let answers: [Board.ServiceAnswer]
  private let delivery: GetMailDelivery.Reply?
  private let now: Timestamp

  /// - Parameters:
  ///   - delivery: nil where the notifier is out of reach.
  ///   - now: what backups are dated against.
  init(_ answers: [Board.ServiceAnswer], _ delivery: GetMailDelivery.Reply?, at now: Timestamp = .wallClock()) {
    self.answers = answers
    self.delivery = delivery
    self.now = now
  }

  /// What there is to do, in the order of the services; empty where all is well.
  var toDo: [Phrase] {
    answers.flatMap { answer in
      answer.status.map { $0.toDo(at: now) } ?? [BoardTexts.outOfReach(answer.service.rawValue)]
    } + (delivery.map(MailDeskTexts.toDo) ?? [])
  }

  /// 0 where all is well, 4 where something is to be done, 3 where a service does not answer.
  var exitStatus: Int32 {
    if let silent = answers.first(where: { $0.status == nil }) {
      return BoardFailure.outOfReach(service: silent.service.rawValue).exitStatus
    }
    return toDo.isEmpty ? 0 : Self.exitStatusOfWork
  }

  func text(_ language: Language) -> String {
    var table = Table(BoardTexts.statusHeadings[language])
    for answer in answers {
      guard let status = answer.status else {
        table.add([answer.service.rawValue, BoardTexts.outOfReachShort[language], "", "", "", "", ""])
        continue
      }
      table.add([
        answer.service.rawValue, Day(of: status.calendar).text, "\(status.outboxPending.rawValue)",
        "\(status.planned.rawValue)", "\(status.dead)", "\(status.failing.rawValue)",
        status.lastBackup.map { Day(of: $0).text } ?? "–",
      ])
    }
    let advice = (toDo.isEmpty ? [BoardTexts.allWell] : toDo) + (delivery.map(MailDeskTexts.notes) ?? [])
    return table.text + "\n\n" + advice.map { $0[language] }.joined(separator: "\n")
  }
}

extension GetStatus.Reply {
  fileprivate var dead: Int { deadLetters.rawValue + outboxDead.rawValue }

  /// What is wrong, and what will go wrong if nobody looks after it.
  fileprivate func toDo(at now: Timestamp) -> [Phrase] {
    let name = service.rawValue
    var toDo: [Phrase] = []
    if isFull == true { toDo.append(BoardTexts.isFull(name)) }
    if dead > 0 { toDo.append(BoardTexts.hasDeadLetters(name, dead)) }
    if outboxParked.rawValue > 0 { toDo.append(BoardTexts.hasParked(name, outboxParked.rawValue)) }
    if let count = unfinishedErasures?.rawValue, count > 0 { toDo.append(PersonalDataTexts.unfinished(count)) }
    if failing.rawValue > 0 { toDo.append(BoardTexts.hasFailing(name, failing.rawValue)) }
    if let waiting = oldestWaiting, waiting.rawValue >= 300 {
      let receivers = (unreachable?.elements ?? []).map(\.rawValue).joined(separator: ", ")
      toDo.append(OperatorTexts.waitsLong(name, waiting.rawValue / 60, receivers))
    }
    if let free = freeMegabytes, free.rawValue < 500, isFull != true {
      toDo.append(OperatorTexts.littleRoom(name, free.rawValue))
    }
    return toDo + backupsToDo(at: now)
  }

  /// A copy takes seconds; one that takes minutes waits for a disk that does not answer.
  private static let longestBackup = 600

  private func backupsToDo(at now: Timestamp) -> [Phrase] {
    let name = service.rawValue
    var toDo: [Phrase] = []
    if let problem = backupProblem { toDo.append(OperatorTexts.failedBackup(name, problem.rawValue)) }
    if let running = backupRunning, running.rawValue >= Self.longestBackup {
      toDo.append(OperatorTexts.stuckBackup(name, running.rawValue / 60))
    }
    // A demonstration's state is nothing to keep.
    guard !isVirtualCalendar else { return toDo }
    guard let lastBackup else { return toDo + [OperatorTexts.noBackup(name)] }
    let days = Int((now.milliseconds - lastBackup.milliseconds) / 86_400_000)
    return days < 2 ? toDo : toDo + [OperatorTexts.oldBackup(name, days)]
  }
}
