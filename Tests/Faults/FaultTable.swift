import Contracts
import Foundation
import Store
import TestSupport

/// A row of messaging.md's table: a fault that is made on the real executables, and what it came to.
struct Fault: Sendable {
  let name: String
  /// How it is made, for the report.
  let how: String
  /// Programs that make it, with the Debian package of each.
  var needs: [Tool] = []
  let run: @Sendable (Scale) async throws -> Trial.Tally

  /// How much of each row is run: little in `make test`, the whole in `make test-faults`.
  enum Scale: Sendable { case short, long }

  struct Tool: Sendable {
    let path: String
    let package: String
    static let strace = Tool(path: "/usr/bin/strace", package: "strace")
    static let mkfs = Tool(path: "/usr/sbin/mkfs.ext4", package: "e2fsprogs")
    static let loop = Tool(path: "/dev/loop-control", package: "")
    static let prlimit = Tool(path: "/usr/bin/prlimit", package: "util-linux")
    static let faketime = Tool(path: Clock.library, package: "faketime")

    var isThere: Bool { FileManager.default.fileExists(atPath: path) }
    var missing: String {
      package.isEmpty
        ? "\(path) is missing: this machine has no loop devices"
        : "\(path) is missing: apt-get install \(package)"
    }
  }

  static let table: [Fault] = [
    killedAtSteps, killedAtSystemCalls, powerLoss, ioErrors, noSpaceAtWrites, diskFull, corrupted, restoredReceiver,
    restoredSender, clockJumps, stopped, cutConnections, outOfDescriptors, secondInstance, terminated, strangers,
    versionSkew, poison, simulated, yearUnderFire,
  ]
}

extension Services {
  /// Waits until every service has been started so often.
  func haveStarted(_ times: Int, _ services: [ServiceName] = ServiceName.allCases) async {
    await until { own in services.allSatisfy { own.starts(of: $0) >= times } }
  }
}
