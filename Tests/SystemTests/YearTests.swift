import Foundation
import TestSupport
import Testing

/// The demonstration tells the same year again for the same seed.
@Suite struct YearTests {
  @Test func theSameSeedTellsTheSameYear() async throws {
    var reports: [Data] = []
    for _ in 0..<2 {
      let folder = try TemporaryFolder()
      let outcome = try await Executable.run(
        "programme",
        [
          "demo", "--state", folder.path + "/demo", "--report", folder.path + "/report.json", "--register",
          BoardProgramTests.sample,
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      reports.append(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/report.json")))
    }
    #expect(reports[0] == reports[1])
    #expect(reports[0].count > 200)
  }
}
