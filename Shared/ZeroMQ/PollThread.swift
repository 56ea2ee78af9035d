import CZeroMQ
import Foundation
import Synchronization

/// A serial executor that is one thread, which owns every socket of the process and alternates its
/// jobs with `poll` over them.
///
/// Sockets are not thread-safe: one thread needs no locks. `ZMQ_FD` tells of commands to the socket and not of
/// messages, and any call to the socket takes them in, so before the thread waits, each socket that was used is
/// asked for `ZMQ_EVENTS`. `zmq_poll` would ask every socket twice, at two system calls each.
///
/// Who works on it needs no other thread between the socket and the work: waking one costs more than most
/// requests. A service's worker is such a one, and a client's task where it prefers this executor.
///
/// ```
/// enqueue ──▶ jobs ──eventfd──▶ ┌ run jobs ─▶ run timers ─▶ poll ─▶ read who has input ────┐
///                               └──────────────────────◀────────────────────────────────────┘
/// ```
///
/// `@unchecked Sendable`: `jobs` is behind a mutex, and all else is touched by the thread alone, which
/// each entry point checks.
public final class PollThread: SerialExecutor, TaskExecutor, @unchecked Sendable {
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
  /// The eventfd, then one for each watch.
  private var descriptors: [pollfd] = []
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

  public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
    UnownedTaskExecutor(ordinary: self)
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
    descriptors = []
  }

  public func unwatch(_ socket: Socket) {
    checkIsolated()
    watches.removeAll { $0.socket === socket }
    descriptors = []
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

  /// So many batches of jobs are run before the sockets are looked at.
  private static let rounds = 64

  private func run() {
    while true {
      // Jobs that lead to jobs don't keep the sockets from their turn.
      for _ in 0..<Self.rounds {
        let jobs = pending.withLock { state in
          let jobs = state.jobs
          state.jobs = []
          return jobs
        }
        if jobs.isEmpty { break }
        for work in jobs {
          switch work {
          case .job(let job):
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
          case .closure(let body): body()
          }
        }
      }
      if pending.withLock({ $0.isStopping }) { break }
      runTimers()

      if descriptors.isEmpty {
        // A socket that is new here may have been told something already.
        descriptors = ([wakeDescriptor] + watches.map(\.socket.descriptor)).map {
          pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        for watch in watches { _ = watch.socket.hasInput() }
      }
      var isWaiting = pending.withLock { $0.jobs.isEmpty }
      for watch in watches where watch.socket.mayHaveInput && watch.socket.hasInput() { isWaiting = false }
      guard poll(&descriptors, nfds_t(descriptors.count), isWaiting ? pollTimeout() : 0) >= 0 else { continue }
      if descriptors[0].revents != 0 {
        var drained: UInt64 = 0
        _ = read(wakeDescriptor, &drained, 8)
      }
      let (current, told) = (watches, descriptors)
      for (index, watch) in current.enumerated()
      where watch.socket.mayHaveInput || told[index + 1].revents != 0 && watch.socket.hasInput() {
        watch.onReadable()
      }
    }
    watches = []
    timers = []
  }

  private func pollTimeout() -> Int32 {
    guard let next = timers.first else { return -1 }
    let left = next.at - .now
    let milliseconds =
      left.components.seconds * 1000 + (left.components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(max(0, min(milliseconds, 60_000)))
  }

  private func runTimers() {
    let now = ContinuousClock.now
    while let next = timers.first, next.at <= now {
      timers.removeFirst()
      next.body()
    }
  }
}
