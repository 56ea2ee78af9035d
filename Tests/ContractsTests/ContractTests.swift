import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@Suite struct ContractTests {
  static let coder = EnvelopeCoder(types: MessageCatalogue.types)
  static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
  static let names: [String] = MessageCatalogue.all.map { $0.type }
  static let limitedNames: [String] = names.filter { $0 != Problem.type }

  static func contract(_ name: String) -> any Contract.Type {
    MessageCatalogue.all.first { $0.type == name }!
  }

  /// The bytes of an envelope with the given data, with every optional attribute there.
  static func envelope(_ type: String, _ data: JSONValue) throws -> Data {
    let envelope: JSONValue = [
      "specversion": "1.0", "id": "7f9c2b1e-0000-4000-8000-000000000001", "source": "chair",
      "type": .string(type), "time": "2026-11-24T08:00:00.000Z", "datacontenttype": "application/json",
      "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "correlationid": "c-1",
      "causationid": "c-0", "expirytime": "2026-12-24T08:00:00.000Z", "partitionkey": "p-7h3m9c2r",
      "sequence": "42", "idempotencykey": "k-1", "lang": "sv", "data": data,
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(envelope) + Data("\n".utf8)
  }

  /// One message of each type and version that was ever published, as its bytes were then. A new type adds a
  /// file with `WRITE_GOLDEN=1`; a file never changes.
  @Test(arguments: names) func goldenMessagesAreRead(_ name: String) throws {
    let file = Self.golden.appendingPathComponent(name + ".json")
    if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] == "1",
      !FileManager.default.fileExists(atPath: file.path)
    {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try Self.envelope(name, Self.contract(name).example()).write(to: file)
    }
    let bytes = try Data(contentsOf: file)
    let envelope = try Self.coder.decode(bytes)
    guard case .message(let message) = envelope.body else {
      Issue.record("\(name) is \(envelope.body)")
      return
    }
    #expect(type(of: message).type == name)
    let written = try JSONDecoder().decode(JSONValue.self, from: Self.coder.encode(envelope))
    let published = try JSONDecoder().decode(JSONValue.self, from: bytes)
    #expect(written == published)
  }

  @Test(arguments: names) func aMessageWithOneBrokenFieldIsRefusedByItsName(_ name: String) throws {
    for broken in try BrokenMessages.of(Self.contract(name)) {
      let envelope = try Self.coder.decode(Self.envelope(name, broken.data))
      guard case .malformed(let field, _) = envelope.body else {
        Issue.record("\(broken) was taken")
        continue
      }
      #expect(field.hasPrefix("data"), "\(broken) is blamed on \(field)")
    }
  }

  @Test func unknownFieldsAreIgnoredAndUnknownTypesAreToldApart() throws {
    var data = try SubmitMatch.example()
    data["inventedLater"] = "x"
    guard case .message = try Self.coder.decode(Self.envelope(SubmitMatch.type, data)).body else {
      Issue.record("an unknown field was refused")
      return
    }
    guard case .unknown = try Self.coder.decode(Self.envelope("matching.invented.v9", data)).body else {
      Issue.record("an unknown type was not told apart")
      return
    }
  }

  /// Bare strings and numbers have no limits, so contracts use constrained values. `Problem` is made by
  /// services alone and bounded by the envelope.
  @Test(arguments: limitedNames)
  func everyFieldHasItsLimits(_ name: String) {
    func check(_ schema: JSONValue, _ path: String) {
      if case .object(let properties)? = schema["properties"] {
        for (key, value) in properties { check(value, "\(path).\(key)") }
      }
      if let items = schema["items"] { check(items, path + "[]") }
      if schema["type"] == "string" {
        #expect(schema["enum"] != nil || schema["format"] != nil || schema["maxLength"] != nil, "\(path)")
      }
      if schema["type"] == "integer" { #expect(schema["maximum"] != nil, "\(path)") }
    }
    check(Self.contract(name).schema, name)
  }

  @Test func namesAreOwnedByTheirServices() {
    for route in Topology.routes {
      #expect(route.message.type.hasPrefix(route.from.rawValue + "."))
      #expect(!route.to.contains(route.from))
    }
    for rule in Permissions.rules {
      #expect(rule.request.type.hasPrefix((rule.service?.rawValue ?? "service") + "."))
      #expect(!rule.roles.isEmpty)
    }
    // The key that every container holds.
    #expect(Permissions.rules.filter { $0.roles.contains(.probe) }.map { $0.request.type } == [GetHealth.type])
    #expect(Set(Self.names).count == Self.names.count)
  }
}

@Suite struct DayTests {
  @Test func countsDaysAsFoundationDoes() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "UTC")!
    var day = Day(1999, 12, 25)!
    var date = calendar.date(from: DateComponents(year: 1999, month: 12, day: 25))!
    for _ in 0..<20_000 {
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day)
      day = day.adding(days: 1)
      date += 86_400
    }
  }

  @Test(arguments: [
    ("2024-02-29", 12, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-12-31", 2, "2026-02-28"),
    ("2026-11-24", 12, "2027-11-24"), ("2026-03-31", -1, "2026-02-28"),
  ])
  func addsMonthsToTheDay(_ start: String, _ months: Int, _ end: String) {
    #expect(Day(text: start)!.adding(months: months).text == end)
  }

  @Test(arguments: [
    ("2026-03-29", "2026-03-29T04:00:00.000Z"), ("2026-03-28", "2026-03-28T05:00:00.000Z"),
    ("2026-10-25", "2026-10-25T05:00:00.000Z"), ("2026-07-01", "2026-07-01T04:00:00.000Z"),
  ])
  func knowsTheHourInSweden(_ day: String, _ moment: String) {
    #expect(Day(text: day)!.at(hour: 6).text == moment)
    #expect(Day(of: Timestamp(text: moment)!).text == day)
    #expect(Day.clock(at: Timestamp(text: moment)!) == "\(day) 06:00:00")
  }

  @Test func neverLeavesItsRange() {
    #expect(Day(of: Timestamp(milliseconds: 9_000_000_000_000_000)).text == "2199-12-31")
    #expect(Day(of: Timestamp(milliseconds: -9_000_000_000_000)).text == "1900-01-01")
    #expect(Day(2199, 12, 1)!.adding(months: 12).text == "2199-12-31")
    #expect(Day(2199, 12, 1)!.adding(days: 90).text == "2199-12-31")
  }

  @Test(arguments: ["2026-02-30", "2026-13-01", "2026-1-1", "1899-01-01", "2200-01-01", "+026-01-01", "2026-001-2", ""])
  func refusesWhatIsNoDay(_ text: String) { #expect(Day(text: text) == nil) }
}
