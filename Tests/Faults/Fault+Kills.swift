import Contracts
import Foundation
import Store
import TestSupport

extension Fault {
  /// Each start of a service is armed with the next step; having died at all of them it stays alive.
  static let killedAtSteps = Fault(
    name: "kill -9 at every step", how: "failpoints by name, each before and after"
  ) { scale in
    let times = scale == .short ? [1, 4] : [1, 2, 3, 5, 8, 13]
    let deaths = Dictionary(
      uniqueKeysWithValues: ServiceName.allCases.map { service in
        (service, times.flatMap { time in steps(of: service).map { (step: $0, time: time) } })
      })
    let markers = try TemporaryFolder()
    let file: @Sendable (ServiceName, Int) -> String = { "\(markers.path)/\($0.rawValue)-\($1)" }
    var tally = try await Trial.run(
      deaths: [-SIGKILL],
      plan: { service, number in
        let own = deaths[service]!
        guard number < own.count else { return .plain }
        let (step, time) = own[number]
        return .init(environment: [
          "HANDSLAG_FAILPOINT": "\(service.rawValue):\(step.rawValue):\(time):\(file(service, number))"
        ])
      }
    ) { trial in
      await trial.services.until { own in
        ServiceName.allCases.allSatisfy { own.starts(of: $0) > deaths[$0]!.count }
      }
      _ = try await trial.replayDeadLetters()
      await trial.load.acknowledges(50)
      return Trial.Tally()
    }
    for (service, own) in deaths {
      for (number, death) in own.enumerated() {
        if !FileManager.default.fileExists(atPath: file(service, number)) {
          tally.result.violations.append("\(service) did not die at \(death.step.rawValue), time \(death.time)")
        }
      }
    }
    return tally
  }

  /// Who sends deliveries and who receives them decides which steps a service comes by.
  private static func steps(of service: ServiceName) -> [Failpoint] {
    // With a folder for the mails none fails, and nobody is erased: the notifier tells nobody anything, and nobody
    // membership.
    let routes = Topology.routes.filter { $0.from != .notification && $0.to != [.membership] }
    let receives = routes.contains { $0.to.contains(service) }
    let sends = routes.contains { $0.from == service }
    return Failpoint.allCases.filter { step in
      switch step {
      case .receive, .effectAfter: receives
      case .sendBefore, .sendAfter, .settleBefore, .settleAfter: sends
      case .commitBefore, .commitAfter, .answerBefore, .answerAfter: true
      }
    }
  }

  /// The kernel kills the process at its N-th call, so also within SQLite and libzmq.
  static let killedAtSystemCalls = Fault(
    name: "kill -9 at the Nth fdatasync, pwrite, sendto", how: "strace injection, N swept", needs: [.strace]
  ) { scale in
    var sum = Trial.Tally()
    for call in ["fdatasync", "pwrite64", "sendto"] {
      let counts = scale == .short ? [3, 17, 40] : Array(1...20) + [25, 34, 55, 89, 144]
      sum = sum + (try await injected(call, "signal=KILL", at: counts, endsWith: [-SIGKILL]))
    }
    return sum
  }

  static let ioErrors = Fault(
    name: "fsync and write fail with EIO", how: "strace injection, N swept", needs: [.strace]
  ) { scale in
    var sum = Trial.Tally()
    for call in ["fdatasync", "pwrite64"] {
      let counts = scale == .short ? [5, 30] : [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
      // While it works, or before it could begin.
      sum = sum + (try await injected(call, "error=EIO", at: counts, endsWith: [70, 1]))
    }
    return sum
  }

  /// A service that dies of it is started again with the next.
  private static func injected(
    _ call: String, _ what: String, at counts: [Int], endsWith deaths: Set<Int32>
  ) async throws -> Trial.Tally {
    try await Trial.run(
      deaths: deaths.union([-SIGKILL]),
      plan: { _, number in
        guard number < counts.count else { return .plain }
        return .init(wrapper: straced(call, "\(what):when=\(counts[number])"))
      },
      fault: { trial in
        let survived = try await untilAllMet(counts.count, trial)
        // Killed three times in its handling, a message is taken for what killed it.
        _ = try await trial.replayDeadLetters()
        await trial.load.acknowledges(50)
        let exits = await trial.services.exits
        var tally = Trial.Tally()
        for service in ServiceName.allCases {
          let hits = exits[service, default: []].count { deaths.contains($0) }
          tally.injected += hits
          if hits < (counts.count + 1) / 2 {
            tally.result.violations.append(
              "\(service) ended at \(hits) of \(counts.count) injections and worked on after \(survived[service] ?? 0)")
          }
        }
        return tally
      })
  }

  /// Waits until each service has been started once more than there are injections.
  ///
  /// What fails in a checkpoint ends nobody: SQLite keeps the WAL and tries again. A service that works on through so
  /// many acknowledgements has met its fault there, and is ended so that the next may come.
  ///
  /// - Returns: how often each worked on.
  private static func untilAllMet(_ count: Int, _ trial: Trial) async throws -> [ServiceName: Int] {
    var survived: [ServiceName: Int] = [:]
    while !trial.load.isOver {
      let before = await ServiceName.allCases.asyncMap { await trial.services.starts(of: $0) }
      if before.allSatisfy({ $0 > count }) { break }
      await trial.load.acknowledges(600)
      for (service, starts) in zip(ServiceName.allCases, before) where starts <= count {
        guard await trial.services.starts(of: service) == starts else { continue }
        await trial.services.end(service, SIGKILL)
        try await trial.services.start(service)
        survived[service, default: 0] += 1
      }
    }
    return survived
  }

  /// The tracer stands beside the service (`-D`), so that the process id is the service's own.
  static func straced(_ call: String, _ injection: String) -> [String] {
    ["strace", "-D", "-f", "-qqq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):\(injection)"]
  }

  static let noSpaceAtWrites = Fault(
    name: "writes fail with ENOSPC now and then", how: "strace injection at every 499th pwrite", needs: [.strace]
  ) { scale in
    try await Trial.run(plan: { service, number in
      .init(wrapper: straced("pwrite64", "error=ENOSPC:when=60+499"))
    }) { trial in
      let before = await trial.services.starts(of: .matching)
      await trial.load.acknowledges(scale == .short ? 300 : 3_000)
      let refused = trial.load.refused["service/full"] ?? 0
      if refused == 0 { throw Surprise("no write was refused") }
      // It says so and goes on: nobody dies of a full disk.
      let after = await trial.services.starts(of: .matching)
      if after != before { throw Surprise("matching was started \(after - before) times more") }
      return Trial.Tally(injected: refused)
    }
  }

  /// Every match that is submitted ends followup, until it is started without the fault; then what died is replayed.
  static let poison = Fault(
    name: "a message that ends the process", how: "a failpoint in its handler; dead letters replayed after the fix"
  ) { scale in
    let isMended = Flag()
    return try await Trial.run(
      deaths: [-SIGKILL],
      plan: { service, _ in
        service == .followup && !isMended.isSet
          ? .init(environment: ["HANDSLAG_POISON": "followup:\(MatchSubmitted.type)"]) : .plain
      },
      fault: { trial in
        try await trial.untilDeadLetters(scale == .short ? 1 : 3, of: .followup)
        isMended.set()
        await trial.services.end(.followup, SIGKILL)
        try await trial.services.start(.followup)
        // One whose last attempt ended the process is buried only when it is sent again, and holds back its pair's.
        let goal = trial.load.log.count + 50
        var replayed = 0
        repeat {
          replayed += try await trial.replayDeadLetters()
          await trial.load.works(for: .milliseconds(100))
        } while trial.load.log.count < goal && !trial.load.isOver
        return Trial.Tally(injected: replayed)
      })
  }

  static let terminated = Fault(name: "SIGTERM under load", how: "each service in turn, started again") { scale in
    try await Trial.run { trial in
      var tally = Trial.Tally()
      for _ in 0..<(scale == .short ? 3 : 30) {
        for service in ServiceName.allCases {
          await trial.load.acknowledges(15)
          let status = await trial.services.end(service)
          if status != 0 { tally.result.violations.append("\(service) ended with \(status)") }
          try await trial.services.start(service)
          tally.injected += 1
        }
      }
      return tally
    }
  }

  static let stopped = Fault(
    name: "stopped and slow peers", how: "SIGSTOP in turn, longer than the deadline of a ping in the long form"
  ) { scale in
    try await Trial.run { trial in
      var tally = Trial.Tally()
      for service in ServiceName.allCases {
        await trial.load.acknowledges(20)
        await trial.services.signal(service, SIGSTOP)
        try await Task.sleep(for: scale == .short ? .seconds(2) : .seconds(9))
        await trial.services.signal(service, SIGCONT)
        tally.injected += 1
      }
      await trial.load.acknowledges(50)
      return tally
    }
  }

  static let secondInstance = Fault(name: "a second instance", how: "each service started twice under load") { scale in
    try await Trial.run { trial in
      var tally = Trial.Tally()
      for service in ServiceName.allCases {
        await trial.load.acknowledges(20)
        let pid = await trial.services.pid(service)
        let second = try await Executable.run(service.rawValue, trial.services.arguments)
        if second.status != 1 || !second.errors.contains("Another \(service.rawValue)") {
          tally.result.violations.append("a second \(service) ended with \(second.status): \(second.errors)")
        }
        if await trial.services.pid(service) != pid {
          tally.result.violations.append("the first \(service) did not survive")
        }
        tally.injected += 1
      }
      await trial.load.acknowledges(50)
      return tally
    }
  }

  /// libzmq ends the process when it can't accept; the next start must find everything.
  static let outOfDescriptors = Fault(
    name: "file descriptors run out", how: "a low hard limit and a flood of connections", needs: [.prlimit]
  ) { scale in
    let limit = 64
    return try await Trial.run(
      // 70: SQLite could open no file that it needed, and the service ends by itself.
      deaths: [-SIGABRT, 70], plan: { _, _ in .init(wrapper: ["prlimit", "--nofile=\(limit):\(limit)"]) }
    ) { trial in
      var tally = Trial.Tally()
      for _ in 0..<(scale == .short ? 1 : 5) {
        for service in ServiceName.allCases {
          await trial.load.acknowledges(10)
          let flood = (0..<limit * 2).compactMap { _ in
            UnixSocket(connectedTo: "\(trial.state)/sockets/\(service.rawValue)/socket")
          }
          tally.injected += flood.count
          await trial.load.works(for: .seconds(1))
          for socket in flood { socket.close() }
        }
      }
      await trial.load.acknowledges(50)
      let exits = await trial.services.exits
      return tally.requiring { _ in exits.isEmpty ? "no limit was met" : nil }
    }
  }
}
