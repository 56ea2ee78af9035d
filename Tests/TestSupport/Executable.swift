import Foundation

/// Runs the project's own executables, from the folder that the tests were built into.
public enum Executable {
  public static let folder: URL = {
    var url = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    // The runner of Swift Testing stands elsewhere; the bundle's path names the folder.
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      url = URL(fileURLWithPath: argument).resolvingSymlinksInPath()
      while url.lastPathComponent.hasSuffix(".xctest") || !FileManager.default.fileExists(atPath: url.path + "/board") {
        url = url.deletingLastPathComponent()
        if url.path == "/" { break }
      }
    }
    return url
  }()

  public static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  public struct Outcome: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// Runs a program to its end.
  public static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await run(folder.appendingPathComponent(name), arguments, environment: environment)
  }

  public static func run(
    _ program: URL, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files and not pipes: a pipe's end would be inherited by whatever another test starts meanwhile.
    let folder = try TemporaryFolder()
    func file(_ name: String) throws -> FileHandle {
      _ = FileManager.default.createFile(atPath: folder.path + name, contents: nil)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + name))
    }
    process.standardOutput = try file("/output")
    process.standardError = try file("/errors")
    let ended = Ended(process)
    try process.run()
    let status = await ended.status()
    return Outcome(
      status: status, output: try String(contentsOfFile: folder.path + "/output", encoding: .utf8),
      errors: try String(contentsOfFile: folder.path + "/errors", encoding: .utf8))
  }
}

/// A process's end, to be waited for.
public final class Ended: Sendable {
  private let stream: AsyncStream<Int32>

  public init(_ process: Process) {
    let (stream, continuation) = AsyncStream<Int32>.makeStream()
    self.stream = stream
    process.terminationHandler = {
      continuation.yield($0.terminationReason == .exit ? $0.terminationStatus : -$0.terminationStatus)
      continuation.finish()
    }
  }

  /// The exit status, or the negative number of the signal that ended it.
  public func status() async -> Int32 {
    for await status in stream { return status }
    return -1
  }
}
