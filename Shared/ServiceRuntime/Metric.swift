/// Every metric that a service tells, by the name that dashboards and alert rules use.
public enum Metric: String, CaseIterable, Sendable {
  case requests = "handslag_requests_total"
  case requestSeconds = "handslag_request_seconds"
  case commitSeconds = "handslag_commit_seconds"
  case received = "handslag_deliveries_received_total"
  case sent = "handslag_deliveries_sent_total"
  case resent = "handslag_deliveries_resent_total"
  case settled = "handslag_deliveries_settled_total"
  case expired = "handslag_deliveries_expired_total"
  case latency = "handslag_delivery_seconds"
  case outboxRows = "handslag_outbox_rows"
  case outboxOldest = "handslag_outbox_oldest_seconds"
  case outboxBytes = "handslag_outbox_bytes"
  case reachable = "handslag_receiver_reachable"
  case deadLetters = "handslag_dead_letters"
  case work = "handslag_work_total"
  case dueWork = "handslag_due_work"
  case framesRejected = "handslag_frames_rejected_total"
  case storeBytes = "handslag_store_bytes"
  case diskFree = "handslag_disk_free_bytes"
  case diskFull = "handslag_disk_full"
  case backups = "handslag_backups"
  case backupMade = "handslag_backup_made_timestamp_seconds"
  case backupsFailed = "handslag_backups_failed_total"
  case backupSeconds = "handslag_backup_seconds"
  case calendarSuspect = "handslag_calendar_suspect"
  case mails = "handslag_mails"
  case started = "process_start_time_seconds"
  case memory = "process_resident_memory_bytes"

  enum Kind: String { case counter, gauge, histogram }

  var kind: Kind {
    switch self {
    case .requestSeconds, .commitSeconds, .latency: .histogram
    case .requests, .received, .sent, .resent, .settled, .expired, .work, .framesRejected, .backupsFailed: .counter
    default: .gauge
    }
  }

  /// What it says, in one line.
  var help: String {
    switch self {
    case .requests: "Requests answered, by type and outcome: done, refused, failed."
    case .requestSeconds: "Time that a request took in the worker, before the commit."
    case .commitSeconds: "Time that a transaction took, its sync to the disk included."
    case .received: "Deliveries received, by verdict."
    case .sent: "Deliveries sent to a receiver, each time counted."
    case .resent: "Deliveries sent to a receiver again."
    case .settled: "Deliveries that came to their end at a receiver, by how."
    case .expired: "Deliveries that passed their time before they left."
    case .latency: "Time from the transaction that wrote a delivery to the acknowledgement of its effect."
    case .outboxRows: "Deliveries that wait for a receiver, or are stuck: pending, parked, dead."
    case .outboxOldest: "How long the first that waits for a receiver has waited; 0 where none does."
    case .outboxBytes: "Bytes that wait to be delivered."
    case .reachable: "1 where a receiver answers."
    case .deadLetters: "Deliveries that could not be effected here and wait for a person."
    case .work: "Scheduled work by kind and outcome: done, failed."
    case .dueWork: "Scheduled work: due, planned, failing (failed at least three times)."
    case .framesRejected: "Frames that could not be attributed or read."
    case .storeBytes: "Size of the store's file and of its write-ahead log."
    case .diskFree: "Room on the disk of the store."
    case .diskFull: "1 where nothing can be written."
    case .backups: "Backups that are kept."
    case .backupMade: "When the latest backup was made; 0 where there is none."
    case .backupsFailed: "Backups that failed."
    case .backupSeconds: "How long the latest backup held up the worker."
    case .calendarSuspect: "1 where the machine's clock has jumped within an hour."
    case .mails: "Mails by state."
    // In the words of Prometheus' own libraries: a collector refuses a metric that has other words at another program.
    case .started: "Start time of the process since unix epoch in seconds."
    case .memory: "Resident memory size in bytes."
    }
  }
}
