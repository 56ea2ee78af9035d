import Contracts
import Messaging
import ServiceRuntime
import Store
import TestSupport
import Testing

@Suite struct WorkerTests {
  @Test func answersWhetherItIsWell() async throws {
    let harness = try await ServiceHarness(.matching) { _ in
      ServiceDefinition(name: .matching, migrations: [], handlers: Handlers())
    }
    let health = try await harness.ask(GetHealth())
    #expect(health.service == .matching)
    try await harness.advance(to: "2026-10-01")
    #expect(try await harness.ask(GetStatus()).calendar == Day(text: "2026-10-01")!.at(hour: 6))
    await harness.stop()
  }
}
