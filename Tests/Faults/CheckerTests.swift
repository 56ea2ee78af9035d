import Contracts
import Foundation
import Store
import TestSupport
import Testing

/// The checker is itself proved: a service that breaks one of its promises on purpose is found out.
@Suite(.serialized) struct CheckerTests {
  private static func broken(_ services: [ServiceName], _ sabotage: Sabotage)
    -> @Sendable (ServiceName) -> [String: String]
  {
    { service in
      services.contains(service) ? ["HANDSLAG_SABOTAGE": "\(service.rawValue):\(sabotage.rawValue)"] : [:]
    }
  }

  private func expectFound(_ tally: Trial.Tally, _ words: String...) {
    #expect(
      tally.result.violations.contains { violation in words.contains { violation.contains($0) } },
      "\(tally.result.violations.prefix(5))")
  }

  /// Matching answers and acknowledges, and then its disk takes no more.
  @Test func acknowledgingBeforeTheCommitIsFound() async throws {
    let missing = await Fault.Tool.strace.missing()
    try #require(missing == nil, "\(missing ?? "")")
    let environment = Self.broken([.matching], .acknowledgeBeforeCommit)
    let tally = try await Trial.run(
      expected: ["match/unknown", "match/not-open", "mentorship/unknown"], isBroken: true,
      plan: { service, _ in
        .init(
          wrapper: service == .matching ? Fault.straced("pwrite64", "error=ENOSPC:when=60+199") : [],
          environment: environment(service))
      },
      fault: { trial in
        while trial.services.logged(.matching, "disk is full") < 12 && !trial.load.isOver {
          await trial.load.acknowledges(20)
        }
        return Trial.Tally()
      })
    #expect(tally.result.lost > 0)
    // Whichever the disk refused: a command, or a delivery.
    expectFound(tally, "acknowledged and gone", "is settled as received, and its receiver has not received it")
  }

  /// Matching and notification handle what comes again as if it were new; membership dies before it settles, so
  /// that things come again.
  @Test func forgettingTheInboxIsFound() async throws {
    let environment = Self.broken([.matching, .notification], .forgetInbox)
    let folder = try TemporaryFolder()
    let tally = try await Trial.run(
      deaths: [-SIGKILL], isBroken: true,
      plan: { service, number in
        var own = environment(service)
        if service == .membership, number < 6 {
          own["HANDSLAG_FAILPOINT"] = "membership:settle-before:\(3 + number):\(folder.path)/\(number)"
        }
        return .init(environment: own)
      },
      fault: { trial in
        await trial.services.haveStarted(7, [.membership])
        await trial.load.acknowledges(20)
        return Trial.Tally()
      })
    expectFound(tally, "effects of")
  }

  /// Followup receives everything, and of some nothing comes.
  @Test func skippingEffectsIsFound() async throws {
    let environment = Self.broken([.followup], .skipEffects)
    let tally = try await Trial.run(
      expected: ["mentorship/unknown"], isBroken: true,
      plan: { service, _ in .init(environment: environment(service)) },
      fault: { trial in
        await trial.load.acknowledges(300)
        return Trial.Tally()
      })
    // One in sixteen: whichever they are.
    expectFound(
      tally, "effects of", "is declined at matching", "is withdrawn at matching", "is ended at matching",
      "is active at matching")
  }

  /// A kill survives NORMAL; a power cut does not.
  @Test func synchronousNormalUnderPowerLossIsFound() async throws {
    let missing = await Fault.powerLoss.needs.asyncMap { await $0.missing() }.compactMap(\.self)
    guard !FaultTests.isSkipped(Fault.powerLoss) else {
      return print("SKIPPED by SKIP_FAULTS: \(Fault.powerLoss.name)")
    }
    try #require(missing.isEmpty, "\(missing)")
    let environment = Self.broken(ServiceName.allCases, .synchronousNormal)
    let tally = try await Fault.powerLoss(cuts: 2, isBroken: true) { service, _ in
      .init(environment: environment(service))
    }
    #expect(tally.result.lost > 0)
    expectFound(tally, "acknowledged and gone")
  }
}
