import Dispatch
import Synchronization

/// Hands mails to one server over connections that are kept and used again.
///
/// As many connections are open as mails are handed over at once: whoever calls it bounds that.
public final class SMTPClient: Sendable {
  private let server: SMTPServer
  private let idle = Mutex<[SMTPConnection]>([])
  private let queue = DispatchQueue(label: "smtp", attributes: .concurrent)

  public init(_ server: SMTPServer) { self.server = server }

  /// Hands one mail over, and says what became of it. A task that is cancelled gives up within a second, unless all
  /// is sent and only the reply is waited for.
  public func send(_ mail: SMTPMail) async -> SMTPOutcome {
    let isAbandoned = Atomic(false)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async { [self] in
          let connection = idle.withLock { $0.popLast() } ?? SMTPConnection(server)
          let outcome = connection.send(mail) { isAbandoned.load(ordering: .relaxed) }
          idle.withLock { $0.append(connection) }
          continuation.resume(returning: outcome)
        }
      }
    } onCancel: {
      isAbandoned.store(true, ordering: .relaxed)
    }
  }
}
