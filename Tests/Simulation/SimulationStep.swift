import TestSupport

/// One thing that happens in a simulation. A step means something in every state, so that any of them can be
/// left out of a failing run: indexes are taken modulo what there is.
enum SimulationStep: Hashable {
  /// What goes wrong within a step that works: a crash at the n-th place where one can happen, or a full disk at
  /// the n-th commit.
  enum Fault: Hashable {
    case none
    case crash(Int)
    case diskFull(Int)
  }
  enum Direction: CaseIterable { case requests, answers, both }

  case write(sender: Int, key: Int, SimulatedMessage.Nature, expiresAfter: Int?, Fault)
  /// The receiver takes some packets, all in one batch; `pick` is the first, the others follow in order.
  case receive(packets: Int, pick: Int, keepsCopy: Bool, Fault)
  /// A sender takes some answers.
  case answer(sender: Int, packets: Int, pick: Int, keepsCopy: Bool, Fault)
  case pass(milliseconds: Int)
  case connect(sender: Int)
  case disconnect(sender: Int, loses: Direction?)
  case partition(sender: Int, Direction)
  case heal(sender: Int)
  case lose(Direction, sender: Int, pick: Int)
  case crashSender(Int)
  case crashReceiver(losesArrived: Bool)
  /// Another version of the receiver starts, which knows the new type or does not.
  case replaceReceiver(knowsNewType: Bool)
  case jumpReceiverClock(milliseconds: Int)
  case jumpSenderClock(Int, milliseconds: Int)
  case backUpReceiver
  case restoreReceiver
  case backUpSender(Int)
  case restoreSender(Int)
  /// A person replays or discards a dead letter of the receiver, or a dead row of a sender.
  case settleLetter(pick: Int, replays: Bool, Fault)
  case settleDeadRow(sender: Int, replays: Bool)
  case forget
}

extension SimulationStep {
  /// The steps of a seed. Each seed has faults and proportions of its own, some of them none, since what is rare
  /// in every run is never seen together (swarm testing: Groce and others, 2012).
  static func generate(seed: UInt64, count: Int, setting: DeliverySimulation.Setting) -> [SimulationStep] {
    var random = SeededGenerator(seed: seed ^ 0x5EED)
    var recipe = Recipe(using: &random)
    recipe.setting = setting
    return (0..<count).map { _ in recipe.next(using: &random) }
  }

  private struct Recipe {
    private enum Kind: Int, CaseIterable {
      case write, receive, answer, pass, connect
      case disconnect, partition, heal, lose, crashSender, crashReceiver, replace, jump
      case backUp, restoreReceiver, restoreSender, settleLetter, settleDeadRow, forget

      var weight: Int {
        switch self {
        case .write: 44
        case .receive, .answer: 48
        case .pass: 20
        case .connect, .heal: 8
        case .lose, .settleLetter: 6
        case .disconnect, .backUp: 4
        default: 2
        }
      }
    }

    var setting = DeliverySimulation.Setting(seed: 0)
    private let wheel: [Kind]
    private let crashes: Int
    private let fullDisks: Int
    private let strange: Int
    private let isOrderly: Bool

    init(using random: inout SeededGenerator) {
      var wheel: [Kind] = []
      for kind in Kind.allCases {
        let factors: [Int] =
          switch kind {
          case .write, .answer, .pass, .connect: [2]
          case .receive: [2, 2, 1]
          default: [0, 1, 2, 2, 6]
          }
        wheel += Array(repeating: kind, count: kind.weight * factors.randomElement(using: &random)! / 2)
      }
      self.wheel = wheel
      crashes = [0, 2, 10].randomElement(using: &random)!
      fullDisks = [0, 0, 4].randomElement(using: &random)!
      strange = [0, 20, 50].randomElement(using: &random)!
      isOrderly = Int.random(in: 0..<3, using: &random) == 0
    }

    mutating func next(using random: inout SeededGenerator) -> SimulationStep {
      func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
      let sender = number(0..<setting.senders)
      let pick = isOrderly || number(0..<4) > 0 ? 0 : number(0..<1_000)
      let keepsCopy = !isOrderly && number(0..<8) == 0
      let packets = number(0..<3) == 0 ? number(1..<6) : 1
      let chance = number(0..<100)
      let fault: Fault =
        chance < crashes ? .crash(number(0..<8)) : chance < crashes + fullDisks ? .diskFull(number(0..<3)) : .none
      let direction = Direction.allCases[number(0..<3)]
      switch wheel[number(0..<wheel.count)] {
      case .write:
        let expires = number(0..<10) == 0 ? number(0..<2_000) : nil
        return .write(
          sender: sender, key: number(0..<setting.keys), nature(number(0..<100), times: number(1..<4)),
          expiresAfter: expires, fault)
      case .receive: return .receive(packets: packets, pick: pick, keepsCopy: keepsCopy, fault)
      case .answer: return .answer(sender: sender, packets: packets, pick: pick, keepsCopy: keepsCopy, fault)
      case .pass: return .pass(milliseconds: number(0..<12) == 0 ? number(0..<30_000) : number(1..<900))
      case .connect: return .connect(sender: sender)
      case .disconnect: return .disconnect(sender: sender, loses: number(0..<2) == 0 ? nil : direction)
      case .partition: return .partition(sender: sender, direction)
      case .heal: return .heal(sender: sender)
      case .lose: return .lose(direction == .both ? .answers : direction, sender: sender, pick: number(0..<1_000))
      case .crashSender: return .crashSender(sender)
      case .crashReceiver: return .crashReceiver(losesArrived: number(0..<2) == 0)
      case .replace: return .replaceReceiver(knowsNewType: number(0..<2) == 0)
      case .jump:
        let time = number(-2_000..<2_000)
        return number(0..<2) == 0
          ? .jumpReceiverClock(milliseconds: time) : .jumpSenderClock(sender, milliseconds: time)
      case .backUp: return number(0..<2) == 0 ? .backUpReceiver : .backUpSender(sender)
      case .restoreReceiver: return .restoreReceiver
      case .restoreSender: return .restoreSender(sender)
      case .settleLetter: return .settleLetter(pick: number(0..<1_000), replays: number(0..<2) == 0, fault)
      case .settleDeadRow: return .settleDeadRow(sender: sender, replays: number(0..<2) == 0)
      case .forget: return .forget
      }
    }

    private func nature(_ chance: Int, times: Int) -> SimulatedMessage.Nature {
      guard chance < strange else { return .plain }
      return switch chance % 10 {
      case 0, 1: .newType
      case 2, 3: .waits(times)
      case 4: .fails(times)
      case 5: .crashes(times)
      case 6: .fails(SimulatedMessage.Nature.forEver)
      case 7: .crashes(SimulatedMessage.Nature.forEver)
      case 8: .rejected
      default: .notPermitted
      }
    }
  }
}
