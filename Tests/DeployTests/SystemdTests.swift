import Contracts
import Foundation
import TestSupport
import Testing

/// What systemd itself says of the units, in a root of their own.
@Suite struct SystemdTests {
  let root: TemporaryFolder

  init() throws {
    root = try TemporaryFolder()
    let units = "/etc/systemd/system"
    let folders = [
      "/usr/lib/sysusers.d", "/usr/lib/tmpfiles.d", "/usr/lib/handslag", units + "/handslag@notification.service.d",
    ]
    for folder in folders + ServiceName.allCases.map({ "/etc/handslag/keys/\($0.rawValue)" }) {
      try FileManager.default.createDirectory(atPath: root.path + folder, withIntermediateDirectories: true)
    }
    for (file, path) in [
      ("handslag.sysusers", "/usr/lib/sysusers.d/handslag.conf"),
      ("handslag.tmpfiles", "/usr/lib/tmpfiles.d/handslag.conf"),
      ("handslag@.service", units + "/handslag@.service"), ("handslag.target", units + "/handslag.target"),
      ("network.conf", units + "/handslag@notification.service.d/network.conf"),
    ] {
      try deployFile("systemd/" + file).write(toFile: root.path + path, atomically: true, encoding: .utf8)
    }
    // The units that these are ordered with, and the programs that they start.
    for target in ["sysinit", "basic", "shutdown", "local-fs", "multi-user", "network-online"] {
      try "[Unit]\n".write(toFile: "\(root.path)\(units)/\(target).target", atomically: true, encoding: .utf8)
    }
    for service in ServiceName.allCases {
      let program = "\(root.path)/usr/lib/handslag/\(service.rawValue)"
      _ = FileManager.default.createFile(atPath: program, contents: Data(), attributes: [.posixPermissions: 0o755])
      _ = FileManager.default.createFile(
        atPath: "\(root.path)/etc/handslag/keys/\(service.rawValue)/secret", contents: Data())
    }
  }

  private func systemd(_ program: String, _ arguments: String...) async throws -> String {
    let outcome = try await Executable.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["systemd-" + program, "--root=" + root.path] + arguments)
    #expect(outcome.status == 0, "systemd-\(program) \(arguments): \(outcome.output)\(outcome.errors)")
    return outcome.output + outcome.errors
  }

  @Test func theUnitsAreSound() async throws {
    let units = ServiceName.allCases.map { "handslag@\($0.rawValue).service" }
    for unit in units + ["handslag.target"] {
      let said = try await systemd("analyze", "verify", unit)
      #expect(said.isEmpty, "\(said)")
    }
  }

  /// In tenths, as `systemd-analyze security` counts what a service could do to the machine: 100 is all.
  @Test(arguments: [("matching", 5), ("notification", 14)]) func theServicesAreConfined(_ name: String, _ most: Int)
    async throws
  {
    _ = try await systemd("analyze", "security", "--offline=true", "--threshold=\(most)", "handslag@\(name).service")
  }

  @Test(.enabled(if: geteuid() == 0, "only root gives files away")) func eachServiceOwnsItsOwn() async throws {
    _ = try await systemd("sysusers")
    _ = try await systemd("tmpfiles", "--create")
    let users = try String(contentsOfFile: root.path + "/etc/passwd", encoding: .utf8).split(separator: "\n")
    for service in ServiceName.allCases.map(\.rawValue) {
      let user = try #require(users.first { $0.hasPrefix("handslag-\(service):") }).split(separator: ":")[2]
      for (path, mode) in [
        ("/run/handslag/\(service)", 0o2750), ("/var/lib/handslag/\(service)", 0o700),
        ("/var/backups/handslag/\(service)", 0o700), ("/etc/handslag/keys/\(service)", 0o500),
        ("/etc/handslag/keys/\(service)/secret", 0o400),
      ] {
        var info = stat()
        try #require(stat(root.path + path, &info) == 0, "\(path)")
        #expect(Int(info.st_mode) & 0o7777 == mode, "\(path) has \(String(info.st_mode, radix: 8))")
        #expect(String(info.st_uid) == user, "\(path)")
      }
    }
  }
}
