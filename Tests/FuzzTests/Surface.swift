import Foundation

/// What reads bytes that somebody else wrote.
enum Surface: String, Sendable, CaseIterable {
  case envelope, register, packet, answer, scrape, scores, plan

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")
  private static let tests = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// What mutation begins with: the committed corpus, among it every input that once broke something, and the
  /// golden messages or the sample register.
  func seeds() throws -> [[UInt8]] {
    let golden = try Surface.files(Surface.tests.appendingPathComponent("ContractsTests/Golden"))
    let own = try Surface.files(Surface.folder.appendingPathComponent(rawValue))
    switch self {
    case .envelope: return own + golden
    case .packet: return own + golden.map { Array("request".utf8) + [Surface.separator] + $0 }
    case .answer: return own
    case .scrape, .scores, .plan: return own
    case .register:
      let sample = Surface.tests.deletingLastPathComponent()
        .appendingPathComponent("Services/Programme/Sample/register.csv")
      return own + [try Array(Data(contentsOf: sample))]
    }
  }

  private static func files(_ folder: URL) throws -> [[UInt8]] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      try Array(Data(contentsOf: folder.appendingPathComponent($0)))
    }
  }

  func mutate(_ mutation: inout Mutation) -> [UInt8] {
    switch self {
    case .envelope: mutation.oneIn(3) ? mutation.bytes() : Surface.envelope(&mutation)
    case .register: mutation.oneIn(3) ? mutation.bytes() : Surface.register(&mutation)
    case .packet: mutation.oneIn(2) ? mutation.bytes() : Surface.packet(&mutation)
    case .answer: mutation.oneIn(3) ? mutation.bytes() : Surface.answer(&mutation)
    case .scrape: mutation.oneIn(3) ? mutation.bytes() : Surface.scrape(&mutation)
    case .scores: mutation.oneIn(4) ? mutation.bytes() : Surface.scores(&mutation)
    case .plan: Surface.plan(&mutation)
    }
  }

  /// Reads an input, and gives the kind of what came of it.
  ///
  /// - Throws: `Fault` where a property does not hold.
  func check(_ bytes: [UInt8]) throws -> String {
    switch self {
    case .envelope: try Surface.checkEnvelope(bytes)
    case .register: try Surface.checkRegister(bytes)
    case .packet: try Surface.checkPacket(bytes)
    case .answer: try Surface.checkAnswer(bytes)
    case .scrape: try Surface.checkScrape(bytes)
    case .scores: try Surface.checkScores(bytes)
    case .plan: try Surface.checkPlan(bytes)
    }
  }
}
