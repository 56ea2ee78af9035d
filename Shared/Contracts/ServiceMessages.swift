import Messaging

// What every service answers, whatever its domain.

/// Whether the service is well: all that a probe may ask.
public struct GetHealth: Query {
  public static let type = "service.get-health.v1"
  public static let summary = "Answered by the service's worker, so that a stuck one falls silent."
  public init() {}
  public struct Reply: Contract {
    public static let type = "service.health.v1"
    public static let summary = "The service works."
    public var service: ServiceName
    public init(service: ServiceName) { self.service = service }
  }
}

/// What the service owes, waits for and could not do.
public struct GetStatus: Query {
  public static let type = "service.get-status.v1"
  public static let summary = "What the service owes others, what is due, and what could not be done."
  public init() {}
  public struct Reply: Contract {
    public static let type = "service.status.v1"
    public static let summary = "The figures."
    public var service: ServiceName
    /// The service's calendar.
    public var calendar: Timestamp
    public var isVirtualCalendar: Bool
    /// Deliveries that wait for their receiver.
    public var outboxPending: Count
    public var outboxParked: Count
    public var outboxDead: Count
    public var outboxExpired: Count
    public var deliveriesEffected: Count
    /// Scheduled work whose time has come and that is not done.
    public var due: Count
    public var planned: Count
    /// Scheduled work that has failed at least three times and is tried again.
    public var failing: Count
    public var deadLetters: Count
    /// Frames that could not be attributed or read since the start.
    public var rejectedFrames: Count
    /// Rises with every transaction that changed something: equal twice means nothing happened between.
    public var changes: Count
    /// The disk has no room: nothing new is written until there is, and nothing is lost.
    public var isFull: Bool?
    /// Erasures that some service has not answered yet; absent from services that ask for none.
    public var unfinishedErasures: Count?
    /// How long the first delivery that waits has waited, in seconds; nil where none does.
    public var oldestWaiting: Count?
    /// Receivers that do not answer.
    public var unreachable: Bounded<ServiceName>?
    /// When the latest backup was made; nil where there is none.
    public var lastBackup: Timestamp?
    /// What the latest backup that failed said.
    public var backupProblem: Sentence?
    /// For how long the backup that is being made has been, in seconds; nil where none is.
    public var backupRunning: Count?
    /// Room on the store's disk, in megabytes.
    public var freeMegabytes: Count?
    public init(
      service: ServiceName, calendar: Timestamp, isVirtualCalendar: Bool, outboxPending: Count,
      outboxParked: Count, outboxDead: Count, outboxExpired: Count, deliveriesEffected: Count, due: Count,
      planned: Count, failing: Count, deadLetters: Count, rejectedFrames: Count, changes: Count,
      isFull: Bool? = nil, oldestWaiting: Count? = nil, unreachable: Bounded<ServiceName>? = nil,
      lastBackup: Timestamp? = nil, backupProblem: Sentence? = nil, backupRunning: Count? = nil,
      freeMegabytes: Count? = nil, unfinishedErasures: Count? = nil
    ) {
      self.service = service
      self.calendar = calendar
      self.isVirtualCalendar = isVirtualCalendar
      self.outboxPending = outboxPending
      self.outboxParked = outboxParked
      self.outboxDead = outboxDead
      self.outboxExpired = outboxExpired
      self.deliveriesEffected = deliveriesEffected
      self.due = due
      self.planned = planned
      self.failing = failing
      self.deadLetters = deadLetters
      self.rejectedFrames = rejectedFrames
      self.changes = changes
      self.isFull = isFull
      self.unfinishedErasures = unfinishedErasures
      self.oldestWaiting = oldestWaiting
      self.unreachable = unreachable
      self.lastBackup = lastBackup
      self.backupProblem = backupProblem
      self.backupRunning = backupRunning
      self.freeMegabytes = freeMegabytes
    }
  }
}

/// Everything that the service measures.
public struct GetMetrics: Query {
  public static let type = "service.get-metrics.v1"
  public static let summary = "The service's metrics in Prometheus' text format."
  public init() {}
  public struct Reply: Contract {
    public static let type = "service.metrics.v1"
    public static let summary = "The metrics."
    public var service: ServiceName
    public var text: MetricsText
    public init(service: ServiceName, text: MetricsText) {
      self.service = service
      self.text = text
    }
  }
}

/// Makes a backup of the service's store in the folder that the service has for them, while it works.
public struct MakeBackup: Command {
  public static let type = "service.make-backup.v1"
  public static let summary = "Begins a backup; whether it is done is told by service.list-backups.v1."
  public var name: BackupName
  public init(name: BackupName) { self.name = name }
  public struct Reply: Contract {
    public static let type = "service.backup-begun.v1"
    public static let summary = "The backup is begun."
    public var name: BackupName
    public init(name: BackupName) { self.name = name }
  }
}

/// The backups that the service keeps: whole, proved, and on the disk.
public struct ListBackups: Query {
  public static let type = "service.list-backups.v1"
  public static let summary = "The backups that the service keeps, oldest first, and what became of the latest."
  public init() {}
  public struct Item: Codable, Sendable, Hashable {
    public var name: Sentence
    public var kilobytes: Count
    public var made: Timestamp
    public init(name: Sentence, kilobytes: Count, made: Timestamp) {
      self.name = name
      self.kilobytes = kilobytes
      self.made = made
    }
  }
  public struct Reply: Contract {
    public static let type = "service.backups.v1"
    public static let summary = "The backups."
    public var backups: Bounded<Item>
    /// The one that is being made.
    public var running: Sentence?
    /// Why the latest one that was asked for failed.
    public var problem: Sentence?
    public init(backups: Bounded<Item>, running: Sentence? = nil, problem: Sentence? = nil) {
      self.backups = backups
      self.running = running
      self.problem = problem
    }
  }
}

/// Moves a virtual calendar; exists only where the service was started with one.
public struct AdvanceCalendar: Command {
  public static let type = "service.advance-calendar.v1"
  public static let summary =
    "Moves the service's virtual calendar forward. Refused where the calendar is the machine's."
  public var to: Timestamp
  public init(to: Timestamp) { self.to = to }
  public struct Reply: Contract {
    public static let type = "service.calendar.v1"
    public static let summary = "What the calendar shows now."
    public var calendar: Timestamp
    public init(calendar: Timestamp) { self.calendar = calendar }
  }
}

/// On which side a delivery died.
public enum LetterBox: String, Codable, Sendable, CaseIterable {
  /// The service received it and could not effect it.
  case received
  /// The service sent it, and its receiver refused to receive it.
  case sent
}

public struct ListDeadLetters: Query {
  public static let type = "service.list-dead-letters.v1"
  public static let summary = "Deliveries that the service could not effect, or that were refused, in pages."
  public var box: LetterBox
  public var after: Count
  public init(box: LetterBox = .received, after: Count) {
    self.box = box
    self.after = after
  }
  public struct Item: Codable, Sendable, Hashable {
    public var number: Number
    /// The other service: who sent it, or who refused it.
    public var peer: Code
    public var message: Code
    public var attempts: Count
    public var died: Timestamp
    /// What went wrong.
    public var problem: Sentence
    public init(
      number: Number, peer: Code, message: Code, attempts: Count, died: Timestamp, problem: Sentence
    ) {
      self.number = number
      self.peer = peer
      self.message = message
      self.attempts = attempts
      self.died = died
      self.problem = problem
    }
  }
  public struct Reply: Contract {
    public static let type = "service.dead-letters.v1"
    public static let summary = "One page of dead letters."
    public var letters: Bounded<Item>
    public init(letters: Bounded<Item>) { self.letters = letters }
  }
}

/// One dead letter, whole: what a person reads before it is replayed or discarded.
public struct GetDeadLetter: Query {
  public static let type = "service.get-dead-letter.v1"
  public static let summary = "One dead letter with what went wrong and its body."
  public var box: LetterBox
  public var number: Number
  public init(box: LetterBox = .received, number: Number) {
    self.box = box
    self.number = number
  }
  public struct Reply: Contract {
    public static let type = "service.dead-letter.v1"
    public static let summary = "The letter. Its body may hold personal data: show it and keep it nowhere."
    public var letter: ListDeadLetters.Item
    public var id: Attribute
    /// Later messages of this key from the same sender wait until the letter is settled.
    public var key: Attribute?
    /// A stable code of what went wrong, such as `delivery/crashed`.
    public var cause: Code
    /// What the program said, in English, for whoever mends it.
    public var detail: Sentence?
    public var body: LetterText
    public init(
      letter: ListDeadLetters.Item, id: Attribute, key: Attribute?, cause: Code, detail: Sentence?, body: LetterText
    ) {
      self.letter = letter
      self.id = id
      self.key = key
      self.cause = cause
      self.detail = detail
      self.body = body
    }
  }
}

/// How many messages of a key wait at their sender: what a dead letter holds back.
public struct CountWaiting: Query {
  public static let type = "service.count-waiting.v1"
  public static let summary = "Counts the deliveries of one key that have not been effected by their receiver."
  public var receiver: ServiceName
  public var key: Attribute
  public init(receiver: ServiceName, key: Attribute) {
    self.receiver = receiver
    self.key = key
  }
  public struct Reply: Contract {
    public static let type = "service.waiting.v1"
    public static let summary = "How many wait."
    public var waiting: Count
    public init(waiting: Count) { self.waiting = waiting }
  }
}

/// Handles a dead letter once more, or throws it away; later messages of its key go on.
public struct SettleDeadLetter: Command {
  public static let type = "service.settle-dead-letter.v1"
  public static let summary = "Replays or discards a dead letter; later messages of its key go on."
  public enum Way: String, Codable, Sendable, CaseIterable { case replay, discard }
  public var box: LetterBox
  public var number: Number
  public var way: Way
  public init(box: LetterBox = .received, number: Number, way: Way) {
    self.box = box
    self.number = number
    self.way = way
  }
  public struct Reply: Contract {
    public static let type = "service.dead-letter-settled.v1"
    public static let summary = "It is settled."
    public var number: Number
    public init(number: Number) { self.number = number }
  }
}

/// The reply where a request was refused or failed: problem+json (RFC 9457).
extension Problem: Contract {
  public static let type = "service.problem.v1"
  public static let summary =
    "Why a request was refused or failed: a stable type, and sentences in the caller's language."
}
