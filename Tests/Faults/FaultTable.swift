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
    /// A call that shows that it may be used here, and not only that it is there.
    var trial: [String] = []
    static let strace = Tool(
      path: "/usr/bin/strace", package: "strace",
      trial: ["strace", "-qqq", "-o", "/dev/null", "-e", "inject=fdatasync:error=EIO", "true"])
    static let mkfs = Tool(path: "/usr/sbin/mkfs.ext4", package: "e2fsprogs")
    static let loop = Tool(path: "/dev/loop-control", package: "")
    static let prlimit = Tool(path: "/usr/bin/prlimit", package: "util-linux")
    static let python = Tool(
      path: Executable.project.appendingPathComponent(".venv/bin/python").path, package: "python3-venv, then make deps")
    static let faketime = Tool(path: Clock.library, package: "faketime")

    /// What is missing, and what to do about it; nil where it can be used.
    func missing() async -> String? {
      guard FileManager.default.fileExists(atPath: path) else {
        return package.isEmpty
          ? "\(path) is missing: this machine has no loop devices"
          : "\(path) is missing: apt-get install \(package)"
      }
      guard !trial.isEmpty else { return nil }
      let outcome = try? await Executable.run(URL(fileURLWithPath: "/usr/bin/env"), trial)
      return outcome?.status == 0 ? nil : "\(trial.joined(separator: " ")) is not permitted: \(outcome?.errors ?? "")"
    }
  }

  static let table: [Fault] = [
    killedAtSteps, killedAtSystemCalls, powerLoss, ioErrors, noSpaceAtWrites, diskFull, corrupted, restoredReceiver,
    restoredSender, clockJumps, stopped, cutConnections, outOfDescriptors, secondInstance, terminated, strangers,
    versionSkew, poison, mailServer, simulated, yearUnderFire,
  ]
}

extension Services {
  /// Waits until every service has been started so often.
  func haveStarted(_ times: Int, _ services: [ServiceName] = ServiceName.allCases) async {
    await until { own in services.allSatisfy { own.starts(of: $0) >= times } }
  }
}
