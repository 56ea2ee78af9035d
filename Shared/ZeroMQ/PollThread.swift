import CZeroMQ
import Foundation
import Synchronization

/// A serial executor that is one thread, which owns every socket of the process and alternates its
/// jobs with `zmq_poll` over them.
///
/// Sockets are not thread-safe, and `ZMQ_FD` is edge-triggered and hangs those who don't re-read
/// `ZMQ_EVENTS`; one thread that polls with libzmq's own call needs neither locks nor that care. Keep
/// JSON and SQLite off it.
///
/// ```
/// enqueue ──▶ jobs ──eventfd──▶ ┌ run jobs ─▶ run timers ─▶ zmq_poll ─▶ who is readable ────┐
///                               └──────────────────────◀─────────────────────────────────────┘
/// ```
///
/// `@unchecked Sendable`: `jobs` is behind a mutex, and all else is touched by the thread alone, which
/// each entry point checks.
public final class PollThread: SerialExecutor, @unchecked Sendable {
  private struct Watch {
    let socket: Socket
    let onReadable: () -> Void
  }
  private enum Work {
    case job(UnownedJob)
    case closure(@Sendable () -> Void)
  }
  private struct Pending {
    var jobs: [Work] = []
    var isStopping = false
  }

  private let pending = Mutex(Pending())
  private let wakeDescriptor: Int32
  private let threadID = Mutex<pthread_t?>(nil)
  private var watches: [Watch] = []
  private var timers: [(at: ContinuousClock.Instant, number: UInt64, body: () -> Void)] = []
  private var lastTimer: UInt64 = 0

  public init(name: String) {
    wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    precondition(wakeDescriptor >= 0, "eventfd: no file descriptor is left")
    let ready = DispatchSemaphore(value: 0)
    let thread = Thread { [self] in
      threadID.withLock { $0 = pthread_self() }
      ready.signal()
      run()
    }
    thread.name = name
    thread.start()
    ready.wait()
  }

  deinit { close(wakeDescriptor) }

  // MARK: Executor

  public func enqueue(_ job: consuming ExecutorJob) {
    append(.job(UnownedJob(job)))
  }

  /// Runs a closure on the thread, after what was enqueued before it.
  public func perform(_ body: @escaping @Sendable () -> Void) {
    append(.closure(body))
  }

  private func append(_ work: Work) {
    let wasEmpty = pending.withLock {
      $0.jobs.append(work)
      return $0.jobs.count == 1
    }
    if wasEmpty && !isCurrent { wake() }
  }

  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  public func checkIsolated() {
    precondition(isCurrent, "not on the poll thread")
  }

  public func isIsolatingCurrentContext() -> Bool? { isCurrent }

  private var isCurrent: Bool {
    threadID.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
  }

  // MARK: What the thread's owner may ask, on the thread

  /// Calls `onReadable` whenever messages wait.
  public func watch(_ socket: Socket, onReadable: @escaping () -> Void) {
    checkIsolated()
    watches.append(Watch(socket: socket, onReadable: onReadable))
  }

  public func unwatch(_ socket: Socket) {
    checkIsolated()
    watches.removeAll { $0.socket === socket }
  }

  /// Runs `body` on the thread once the interval is over.
  public func after(_ interval: Duration, _ body: @escaping () -> Void) {
    checkIsolated()
    lastTimer += 1
    timers.append((.now + interval, lastTimer, body))
    timers.sort { ($0.at, $0.number) < ($1.at, $1.number) }
  }

  /// Ends the thread after the jobs that wait now. Sockets that it watches are let go.
  public func stop() {
    pending.withLock { $0.isStopping = true }
    wake()
  }

  // MARK: The thread

  private func wake() {
    var one: UInt64 = 1
    _ = write(wakeDescriptor, &one, 8)
  }

  private func run() {
    var items: [zmq_pollitem_t] = []
    while true {
      while true {
        let jobs = pending.withLock { state in
          let jobs = state.jobs
          state.jobs = []
          return jobs
        }
        if jobs.isEmpty { break }
        for work in jobs {
          switch work {
          case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
          case .closure(let body): body()
          }
        }
      }
      if pending.withLock({ $0.isStopping }) { break }
      runTimers()

      items.removeAll(keepingCapacity: true)
      items.append(zmq_pollitem_t(socket: nil, fd: wakeDescriptor, events: Int16(ZMQ_POLLIN), revents: 0))
      for watch in watches {
        items.append(
          zmq_pollitem_t(socket: watch.socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0))
      }
      let hasJobs = pending.withLock { !$0.jobs.isEmpty }
      let count = zmq_poll(&items, Int32(items.count), hasJobs ? 0 : pollTimeout())
      if count <= 0 { continue }
      if items[0].revents != 0 {
        var drained: UInt64 = 0
        _ = read(wakeDescriptor, &drained, 8)
      }
      let current = watches
      for (index, watch) in current.enumerated() {
        if items[index + 1].revents != 0 { watch.onReadable() }
      }
    }
    watches = []
    timers = []
  }

  private func pollTimeout() -> Int {
    guard let next = timers.first else { return -1 }
    let left = next.at - .now
    let milliseconds =
      left.components.seconds * 1000 + (left.components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int(max(0, min(milliseconds, 60_000)))
  }

  private func runTimers() {
    let now = ContinuousClock.now
    while let next = timers.first, next.at <= now {
      timers.removeFirst()
      next.body()
    }
  }
}
