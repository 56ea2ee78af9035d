import Contracts
import Foundation
import Store
import TestSupport

extension Fault {
  /// All four stores stand on one disk, as on one small machine.
  static let powerLoss = Fault(
    name: "power loss", how: "the image of a loop ext4 (commit=300) copied while all are stopped, the copy mounted",
    needs: [.mkfs, .loop]
  ) { scale in
    try await powerLoss(cuts: scale == .short ? 2 : 20)
  }

  static func powerLoss(
    cuts: Int, isBroken: Bool = false, plan: @escaping Services.Plan = { _, _ in .plain }
  ) async throws -> Trial.Tally {
    let disks = Disks()
    return try await Trial.run(
      expected: isBroken
        ? ["match/unknown", "match/not-open", "mentorship/unknown", "import/unknown"] : [],
      deaths: [-SIGKILL], isBroken: isBroken, plan: plan,
      prepare: { state in
        let disk = try await LoopDisk(in: state, named: "disk", megabytes: 256, options: "commit=300")
        for service in ServiceName.allCases { try await disk.take(service, in: state) }
        await disks.add(disk)
      },
      fault: { trial in
        let disk = await disks.all[0]
        for _ in 0..<cuts {
          await trial.load.acknowledges(150)
          for service in ServiceName.allCases { await trial.services.signal(service, SIGSTOP) }
          try await disk.cutPower { _ = await trial.services.endAll(SIGKILL) }
          try await trial.services.startAll()
        }
        await trial.load.acknowledges(50)
        return Trial.Tally(injected: cuts)
      })
  }

  static let diskFull = Fault(
    name: "disk full", how: "a small loop ext4 a service, filled to the last byte under load", needs: [.mkfs, .loop]
  ) { scale in
    let disks = Disks()
    return try await Trial.run(
      prepare: { state in
        for service in ServiceName.allCases {
          let disk = try await LoopDisk(in: state, named: "disk-\(service.rawValue)", megabytes: 32)
          try await disk.take(service, in: state)
          await disks.add(disk)
        }
      }
    ) { trial in
      var tally = Trial.Tally()
      for (service, disk) in zip(ServiceName.allCases, await disks.all) {
        await trial.load.acknowledges(20)
        let before = trial.services.logged(service, "disk is full")
        let filler = try disk.fill()
        while trial.services.logged(service, "disk is full") < before + 3 && !trial.load.isOver {
          await trial.load.works(for: .milliseconds(50))
        }
        tally.injected += trial.services.logged(service, "disk is full") - before
        let status = try await Executable.run(
          "board", ["status", "--sockets", trial.state + "/sockets", "--keys", trial.state + "/keys", "--lang", "en"])
        if !status.output.contains("The disk is full for \(service)") {
          tally.result.violations.append("status does not tell of \(service): \(status.output) \(status.errors)")
        }
        try FileManager.default.removeItem(atPath: filler)
      }
      await trial.load.acknowledges(50)
      for (service, exits) in await trial.services.exits {
        tally.result.violations.append("\(service) ended with \(exits)")
      }
      return tally
    }
  }

  /// Bytes are changed while the service is down. SQLite keeps no checksums, so what is changed here is what
  /// can be noticed: the structure of its pages, and the length.
  static let corrupted = Fault(
    name: "a corrupted or truncated store", how: "bytes flipped, the end cut off, then put right"
  ) { scale in
    try await Trial.run { trial in
      var tally = Trial.Tally()
      for service in ServiceName.allCases {
        await trial.load.acknowledges(30)
        await trial.services.end(service)
        let path = Template.store(service, in: trial.state)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for broken in damages(to: whole) {
          try broken.write(to: URL(fileURLWithPath: path))
          let outcome = try await Executable.run(service.rawValue, trial.services.arguments)
          if outcome.status != 1 || !outcome.errors.contains("damaged") {
            tally.result.violations.append("\(service) on a damaged store: \(outcome.status) \(outcome.errors)")
          }
          if try Data(contentsOf: URL(fileURLWithPath: path)) != broken {
            tally.result.violations.append("\(service) changed a damaged store")
          }
          tally.injected += 1
        }
        try whole.write(to: URL(fileURLWithPath: path))
        try await trial.services.start(service)
      }
      await trial.load.acknowledges(50)
      return tally
    }
  }

  private static func damages(to whole: Data) -> [Data] {
    var header = whole
    for index in 0..<16 { header[index] ^= 0x5A }
    var pages = whole
    for page in stride(from: 1, to: whole.count / 4096, by: 2) {
      for index in page * 4096..<page * 4096 + 64 { pages[index] ^= 0xA5 }
    }
    return [header, pages, whole.prefix(whole.count / 2 / 4096 * 4096), whole.prefix(60), whole.prefix(5_000)]
  }

  /// What a restored receiver has lost of what was sent to it comes again. What was asked of it alone since the
  /// backup is lost, by promise.
  static let restoredReceiver = Fault(
    name: "a receiver restored from an old backup", how: "an older store put back, started with --restored"
  ) { scale in
    var sum = Trial.Tally()
    for service in [ServiceName.notification, .matching, .followup] {
      sum = sum + (try await restored(service, scale))
    }
    return sum
  }

  static let restoredSender = Fault(
    name: "a sender restored from an old backup", how: "membership's older store put back, started with --restored"
  ) { scale in try await restored(.membership, scale) }

  private static func restored(_ service: ServiceName, _ scale: Scale) async throws -> Trial.Tally {
    let isRestored = Flag()
    return try await Trial.run(
      checker: Checker(restored: [service]),
      // The people know of what the restored store does not.
      expected: [
        "match/unknown", "match/not-open", "mentorship/unknown", "mentorship/over",
        "import/unknown",
      ],
      plan: { own, _ in own == service && isRestored.isSet ? .init(options: ["--restored"]) : .plain },
      fault: { trial in
        let more = scale == .short ? 60 : 500
        await trial.load.acknowledges(more)
        await trial.services.end(service)
        let path = Template.store(service, in: trial.state)
        let backup = try Data(contentsOf: URL(fileURLWithPath: path))
        let acknowledged = trial.load.log.count
        try await trial.services.start(service)
        await trial.load.acknowledges(more)
        await trial.services.end(service)
        try backup.write(to: URL(fileURLWithPath: path))
        isRestored.set()
        try await trial.services.start(service)
        await trial.load.acknowledges(more)
        return Trial.Tally(injected: 1, acknowledgedAtBackup: acknowledged)
      })
  }
}

/// The disks of a run, in the order of the services.
actor Disks {
  private(set) var all: [LoopDisk] = []
  func add(_ disk: LoopDisk) { all.append(disk) }
}
