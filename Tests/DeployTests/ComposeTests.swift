import Contracts
import Foundation
import TestSupport
import Testing

/// The files of `deploy/` say what the code says.
@Suite struct ComposeTests {
  private let compose = deployFile("docker-compose.yml")

  /// The lines of one service of the compose file.
  private func block(_ service: String) -> [String] {
    let lines = compose.components(separatedBy: "\n")
    guard let start = lines.firstIndex(of: "  \(service):") else { return [] }
    return Array(lines[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") })
  }

  @Test(arguments: ServiceName.allCases) func aServiceSeesWhatItSendsToAndNoMore(_ service: ServiceName) throws {
    let name = service.rawValue
    let receivers = Topology.receivers(of: service).map(\.rawValue)
    let block = block(name)
    let mounts = block.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("- ") }
    #expect(
      Set(mounts.filter { $0.contains(":/run/") })
        == Set(["- \(name)-socket:/run/handslag/\(name)"] + receivers.map { "- \($0)-socket:/run/handslag/\($0):ro" }))
    #expect(mounts.filter { $0.contains("-store:") } == ["- \(name)-store:/var/lib/handslag/\(name)"])
    #expect(
      Set(mounts.filter { $0.contains("/keys/") })
        == Set(["public", name, "probe"].map { "- ./keys/\($0):/etc/handslag/keys/\($0):ro" }))
    let groups = try #require(block.first { $0.contains("group_add:") })
    #expect(groups.hasSuffix("[\((receivers + ["probe"]).joined(separator: ", "))]"), "\(groups)")
    #expect(block.contains("    user: \(name)"))
    #expect(block.contains { $0.contains("network_mode") } == (service == .notification))
  }

  /// What the services share, each by an anchor that all four take.
  @Test func aServiceIsBoundedAndEndsInItsOwnTime() {
    func anchor(_ name: String) -> [String] {
      let lines = compose.components(separatedBy: "\n")
      return Array(lines.drop { $0 != "x-\(name): &\(name)" }.dropFirst().prefix { $0.isEmpty || $0.hasPrefix("  ") })
    }
    for line in ["read_only: true", "cap_drop: [ALL]", "network_mode: none", "ipc: none", "mem_limit: 256m"] {
      #expect(anchor("container").contains("  " + line), "\(line)")
    }
    for line in ["<<: *container", "restart: unless-stopped", "stop_grace_period: 30s"] {
      #expect(anchor("service").contains("  " + line), "\(line)")
    }
    for service in ServiceName.allCases.map(\.rawValue) {
      #expect(block(service).contains("    <<: *service"), "\(service)")
      #expect(
        block(service).contains { $0.hasPrefix("    healthcheck:") && $0.contains("health, \(service), --as, probe]") })
    }
  }

  @Test func olderAndNewerComposeReadTheSameFile() {
    for file in ["docker-compose.yml", "two-machines.yml", "Dockerfile"] {
      let text = deployFile(file)
      #expect(!text.contains(":latest"), "\(file)")
      #expect(!text.components(separatedBy: "\n").contains { $0.hasPrefix("version:") }, "\(file)")
    }
  }

  @Test func theUsersOfSystemdAreInTheGroupsOfThoseTheySendTo() {
    let members = deployFile("systemd/handslag.sysusers").components(separatedBy: "\n").filter { $0.hasPrefix("m ") }
    let expected = ServiceName.allCases.flatMap { service in
      Topology.receivers(of: service).map { "m handslag-\(service.rawValue) handslag-\($0.rawValue)" }
    }
    #expect(members.sorted() == expected.sorted())
  }
}

/// A file of `deploy/`.
func deployFile(_ name: String) -> String {
  (try? String(contentsOf: Executable.project.appendingPathComponent("deploy/" + name), encoding: .utf8)) ?? ""
}
