import Foundation
import Testing

/// Bytes from outside, changed at random: no crash, no hang, no unbounded memory, and what is read means the same
/// when it is read again. libFuzzer is not used, since a target of SwiftPM can't have its `main` replaced.
@Suite(.serialized, .enabled(if: Fuzzer.input == nil)) struct FuzzTests {
  @Test(arguments: Surface.allCases) func survivesAnything(_ surface: Surface) throws {
    let outcome = try Fuzzer(surface: surface).run()
    print("fuzz \(surface.rawValue) SEED=\(outcome.seed): \(outcome.count) inputs, \(outcome.kinds) kinds of outcomes")
    #expect(outcome.fault == nil, "SEED=\(outcome.seed), input \(outcome.count)")
    #expect(outcome.kinds > 4)
  }
}

/// `FUZZ_INPUT=FILE`: one input again, at the surface that its path says.
@Suite(.enabled(if: Fuzzer.input != nil)) struct FuzzReplayTests {
  @Test(arguments: Surface.allCases) func again(_ surface: Surface) throws {
    let path = try #require(Fuzzer.input)
    guard path.contains("/\(surface.rawValue)/") || path.contains("fuzz-\(surface.rawValue)-") else { return }
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    print("fuzz \(surface.rawValue): \(bytes.count) bytes are \(try surface.check(bytes))")
  }
}
