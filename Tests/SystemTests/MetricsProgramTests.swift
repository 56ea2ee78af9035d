import BoardClient
import Contracts
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// What the running services tell of themselves, and whether the dashboard and the alert rules ask for just that.
@Suite struct MetricsProgramTests {
  /// The names of the samples, each with the labels that it carries.
  private static func samples(_ text: String) -> [String: Set<String>] {
    var samples: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let match = line.wholeMatch(of: /([a-z_]+)\{(.*)\} [0-9.eE+-]+/) else {
        Issue.record("not a sample: \(line)")
        continue
      }
      samples[String(match.1), default: []].formUnion(match.2.matches(of: /([a-z_]+)="/).map { String($0.1) })
    }
    return samples
  }

  /// The expressions of the dashboard and of the alert rules.
  private static func expressions() throws -> [(place: String, text: String)] {
    let folder = Executable.project.appendingPathComponent("deploy")
    let board = try JSONDecoder().decode(
      JSONValue.self, from: Data(contentsOf: folder.appendingPathComponent("grafana/handslag.json")))
    var all: [(String, String)] = []
    func collect(_ value: JSONValue, _ title: String) {
      switch value {
      case .object(let object):
        var title = title
        if case .string(let own)? = object["title"] { title = own }
        if case .string(let text)? = object["expr"] { all.append((title, text)) }
        for value in object.values { collect(value, title) }
      case .array(let values): for value in values { collect(value, title) }
      default: break
      }
    }
    collect(board, "")
    let rules = try String(contentsOf: folder.appendingPathComponent("prometheus/alerts.yml"), encoding: .utf8)
    var name = ""
    for line in rules.split(separator: "\n") {
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.hasPrefix("- alert: ") { name = String(words.dropFirst("- alert: ".count)) }
      if words.hasPrefix("expr: ") { all.append((name, String(words.dropFirst("expr: ".count)))) }
    }
    return all
  }

  @Test func dashboardAndAlertsAskForWhatTheServicesTell() async throws {
    let port = Int.random(in: 20_000...60_000)
    let programme = try await RunningProgramme(environment: ["HANDSLAG_METRICS_PORT": "\(port)"])
    let imported = try await programme.board("member", "import", BoardProgramTests.sample)
    #expect(imported.status == 0, "\(imported.errors)")
    let made = try await programme.board("backup", "--to", "first", "--lang", "en")
    #expect(made.status == 0, "\(made.errors)")

    let told = try await programme.board("metrics")
    #expect(told.status == 0, "\(told.errors)")
    let samples = Self.samples(told.output)
    for name in samples.keys.filter({ !$0.hasSuffix("_bucket") && !$0.hasSuffix("_sum") && !$0.hasSuffix("_count") }) {
      #expect(told.output.components(separatedBy: "# TYPE \(name) ").count == 2, "\(name) has one head")
    }
    for words in [
      "process_start_time_seconds Start time of the process since unix epoch in seconds.",
      "process_resident_memory_bytes Resident memory size in bytes.",
    ] { #expect(told.output.contains("# HELP \(words)\n")) }
    let expressions = try Self.expressions()
    #expect(expressions.count > 25)
    for (place, text) in expressions {
      let names = text.matches(of: /\b((?:handslag|process)_[a-z_]+)(?:\{([^}]*)\})?/)
      #expect(!names.isEmpty, "\(place) asks for nothing of ours: \(text)")
      for match in names {
        guard let labels = samples[String(match.1)] else {
          Issue.record("\(place) asks for \(match.1), which no service tells")
          continue
        }
        for label in (match.2 ?? "").matches(of: /([a-z_]+)!?=~?"/).map({ String($0.1) }) where label != "job" {
          #expect(labels.contains(label), "\(place): \(match.1) has no label \(label)")
        }
      }
    }

    // The same by HTTP, from each service by itself, and nothing else.
    for (offset, service) in ServiceName.allCases.enumerated() {
      let url = URL(string: "http://127.0.0.1:\(port + offset)/")!
      let (data, response) = try await URLSession.shared.data(from: url.appendingPathComponent("metrics"))
      #expect((response as? HTTPURLResponse)?.statusCode == 200)
      let text = String(decoding: data, as: UTF8.self)
      #expect(text.contains(#"handslag_dead_letters{service="\#(service.rawValue)"} 0"#))
      #expect(!text.contains("@"))
      let (_, other) = try await URLSession.shared.data(from: url)
      #expect((other as? HTTPURLResponse)?.statusCode == 404)
    }

    // Whoever may only ask for health is told no more; a backup is not for whoever may only read.
    #expect(try await programme.board("metrics", "--as", "probe").status == 1)
    let viewer = try await Executable.run(
      "board", ["keys", "create", "viewer", "--role", "viewer", "--keys", programme.folder.path + "/keys"])
    #expect(viewer.status == 0)
    #expect(try await programme.board("metrics", "--as", "viewer").status == 0)
    #expect(try await programme.board("backup", "--to", "second", "--as", "viewer").status == 1)
    let listed = try await programme.board("backup", "list", "--as", "viewer", "--json")
    #expect(listed.output.contains("first") && !listed.output.contains("second"))
    #expect(try await programme.board("backup", "--to", "first").errors.contains("backup/exists"))
    #expect(try await programme.board("backup", "--to", "../first").status == 2)

    let status = try await programme.board("status", "--lang", "en")
    #expect(status.output.contains("All is well.") && status.status == 0, "\(status.output)")
    #expect(await programme.stop() == 0)
  }
}
