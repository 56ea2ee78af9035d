import Contracts
import Foundation
import GRDB
import Messaging
import ServiceRuntime
import Store
import Synchronization
import TestSupport
import Testing

/// Work that is done beside the worker.
@Suite struct ErrandTests {
  /// Holds errands until they are let go, and counts them.
  actor Gate {
    private(set) var begun: [String] = []
    private(set) var most = 0
    private var underWay = 0
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass(_ key: String) async {
      begun.append(key)
      underWay += 1
      most = max(most, underWay)
      if !isOpen { await withCheckedContinuation { waiting.append($0) } }
      underWay -= 1
    }

    func open() {
      isOpen = true
      for one in waiting { one.resume() }
      waiting = []
    }

    func until(_ count: Int) async { while begun.count < count { await Task.yield() } }
  }

  private static let kind = DueKind<String>("errand")
  private static let schema = Store.Migration(
    "errands-1", sql: "CREATE TABLE step (number INTEGER PRIMARY KEY, key TEXT NOT NULL, step TEXT NOT NULL) STRICT")

  /// A service that does an errand for each task, and writes down its steps.
  private func start(
    _ gate: Gate, atOnce: Int = 2, folder: TemporaryFolder? = nil,
    settling: @escaping @Sendable (String) throws -> Void = { _ in }
  ) async throws -> ServiceHarness {
    var handlers = Handlers()
    handlers.delivery(TellMember.self) { task, context in
      try context.plan(Self.kind, key: task.task.rawValue, at: .atOnce, task.task.rawValue)
      return .done
    }
    let errand = Errand<String, String>(atOnce: atOnce) { key in
      await gate.pass(key)
      return key
    }
    handlers.errand(
      Self.kind, errand,
      prepare: { key, context in
        try context.db.execute(sql: "INSERT INTO step (key, step) VALUES (?, 'prepared')", arguments: [key])
        return .perform(key)
      },
      settle: { _, key, context in
        try settling(key)
        try context.db.execute(sql: "INSERT INTO step (key, step) VALUES (?, 'settled')", arguments: [key])
        return .goOn
      })
    let definition = ServiceDefinition(name: .notification, migrations: [Self.schema], handlers: handlers)
    return try await ServiceHarness(.notification, folder: folder) { _ in definition }
  }

  private func ask(_ harness: ServiceHarness, _ keys: [String]) async throws {
    for key in keys {
      var task = SchemaRecorder.example(of: TellMember.self)
      task.task = TaskID(unchecked: key)
      try await harness.deliver(task, from: .followup)
    }
  }

  private func steps(_ harness: ServiceHarness) async throws -> [String] {
    try await harness.read { try String.fetchAll($0, sql: "SELECT key || ' ' || step FROM step ORDER BY number") }
  }

  @Test func `questions are answered while errands are under way, of which there are only so many`() async throws {
    let gate = Gate()
    let harness = try await start(gate)
    let keys = (1...6).map { "task-\($0)" }
    try await ask(harness, keys)
    await gate.until(2)
    #expect(try await harness.ask(GetStatus()).due.rawValue == 6, "what is under way is due until it is settled")
    #expect(await gate.begun == ["task-1", "task-2"])
    await gate.open()
    _ = try await harness.status { $0.due.rawValue == 0 }
    #expect(Set(await gate.begun) == Set(keys))
    #expect(await gate.most == 2)
    #expect(try await steps(harness).filter { $0.hasSuffix("settled") }.count == 6)
    await harness.stop()
  }

  @Test func `one that was begun and not settled is prepared anew by the next process`() async throws {
    let gate = Gate()
    let harness = try await start(gate)
    try await ask(harness, ["task-1"])
    await gate.until(1)
    // A process that dies: nothing of it is told to the store.
    let copy = try TemporaryFolder()
    try FileManager.default.removeItem(atPath: copy.path)
    try FileManager.default.copyItem(atPath: harness.folder.path, toPath: copy.path)
    await gate.open()
    _ = try await harness.status { $0.due.rawValue == 0 }
    await harness.stop()

    let second = Gate()
    await second.open()
    let again = try await start(second, folder: copy)
    _ = try await again.status { $0.due.rawValue == 0 }
    #expect(try await steps(again) == ["task-1 prepared", "task-1 prepared", "task-1 settled"])
    await again.stop()
  }

  @Test func `one that can't be settled is done again, and holds nothing else back`() async throws {
    struct Refused: Error {}
    let gate = Gate()
    await gate.open()
    let failures = Mutex(1)
    let harness = try await start(gate) { key in
      guard key == "task-1" else { return }
      try failures.withLock { left in
        guard left > 0 else { return }
        left -= 1
        throw Refused()
      }
    }
    try await ask(harness, ["task-1", "task-2"])
    _ = try await harness.status { $0.due.rawValue == 0 }
    #expect(await gate.begun.sorted() == ["task-1", "task-1", "task-2"])
    #expect(
      try await steps(harness).filter { $0.hasSuffix("settled") }.sorted() == ["task-1 settled", "task-2 settled"])
    await harness.stop()
  }

  @Test func `an end of the service waits for what can still be settled`() async throws {
    let gate = Gate()
    let harness = try await start(gate)
    try await ask(harness, ["task-1"])
    await gate.until(1)
    async let stopping: Void = harness.stop()
    await gate.open()
    await stopping
    let again = try await start(gate, folder: harness.folder)
    #expect(try await steps(again) == ["task-1 prepared", "task-1 settled"])
    await again.stop()
  }
}
