/// As a trace shows it.
extension SimulationStep: CustomStringConvertible {
  var description: String {
    switch self {
    case .write(let sender, let key, let nature, let expiresAfter, let fault):
      "s\(sender) writes to k\(key) what \(nature)"
        + (expiresAfter.map { ", which expires after \($0) ms" } ?? "") + "\(fault)"
    case .receive(let packets, let pick, let keepsCopy, let fault):
      "the receiver takes \(Self.taken(packets, pick, keepsCopy))\(fault)"
    case .answer(let sender, let packets, let pick, let keepsCopy, let fault):
      "s\(sender) takes \(Self.taken(packets, pick, keepsCopy))\(fault)"
    case .pass(let milliseconds): "\(milliseconds) ms pass"
    case .connect(let sender): "s\(sender) connects"
    case .disconnect(let sender, let loses):
      "s\(sender) disconnects" + (loses.map { " and loses \(Self.sides($0))" } ?? "")
    case .partition(let sender, let direction): "s\(sender)'s \(Self.sides(direction)) are swallowed"
    case .heal(let sender): "s\(sender)'s partition heals"
    case .lose(let direction, let sender, _): "one of s\(sender)'s \(Self.sides(direction)) is lost"
    case .crashSender(let sender): "s\(sender) ends"
    case .crashReceiver(let losesArrived): "the receiver ends" + (losesArrived ? " and loses what had arrived" : "")
    case .replaceReceiver(let knowsNewType): "the receiver is \(knowsNewType ? "upgraded" : "downgraded")"
    case .jumpReceiverClock(let milliseconds): "the receiver's clock is \(milliseconds) ms wrong"
    case .jumpSenderClock(let sender, let milliseconds): "s\(sender)'s clock is \(milliseconds) ms wrong"
    case .backUpReceiver: "the receiver is backed up"
    case .restoreReceiver: "a person restores the receiver"
    case .backUpSender(let sender): "s\(sender) is backed up"
    case .restoreSender(let sender): "a person restores s\(sender)"
    case .settleLetter(_, let replays, let fault): "a person \(replays ? "replays" : "discards") a letter\(fault)"
    case .settleDeadRow(let sender, let replays):
      "a person \(replays ? "sends again" : "discards") a dead row of s\(sender)"
    case .forget: "all forget what is old"
    }
  }

  private static func taken(_ packets: Int, _ pick: Int, _ keepsCopy: Bool) -> String {
    "\(packets) packets" + (pick == 0 ? "" : ", number \(pick) first") + (keepsCopy ? ", and a copy stays" : "")
  }

  private static func sides(_ direction: Direction) -> String {
    switch direction {
    case .requests: "requests"
    case .answers: "answers"
    case .both: "requests and answers"
    }
  }
}

extension SimulationStep.Fault: CustomStringConvertible {
  var description: String {
    switch self {
    case .none: ""
    case .crash(let place): ", with a crash at place \(place)"
    case .diskFull(let commit): ", with a full disk at commit \(commit)"
    }
  }
}

extension SimulatedMessage.Nature: CustomStringConvertible {
  var description: String {
    func times(_ count: Int) -> String { count == Self.forEver ? "always" : "\(count) times" }
    return switch self {
    case .plain: "is plain"
    case .newType: "is of the new type"
    case .waits(let count): "waits \(times(count))"
    case .fails(let count): "fails \(times(count))"
    case .crashes(let count): "crashes \(times(count))"
    case .rejected: "is rejected"
    case .notPermitted: "is not permitted"
    }
  }
}
