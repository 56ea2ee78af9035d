import BoardClient
import Contracts
import Foundation
import Synchronization
import TestSupport

/// Runs the project's own executables, from the folder that the tests were built into.
enum Executable {
  static let folder: URL = {
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

  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs a program to its end.
  static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await run(folder.appendingPathComponent(name), arguments, environment: environment)
  }

  static func run(
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

/// A pipe's lines as they come, read by a thread of its own until every writer has closed.
final class Lines: Sendable {
  let stream: AsyncStream<String>
  private let seen = Mutex<[String]>([])

  init(_ pipe: Pipe, each: @escaping @Sendable (String) -> Void = { _ in }) {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    self.stream = stream
    let descriptor = dup(pipe.fileHandleForReading.fileDescriptor)
    Thread.detachNewThread { [self] in
      var rest: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count <= 0 { break }
        rest += buffer[0..<count]
        while let end = rest.firstIndex(of: 10) {
          let line = String(decoding: rest[..<end], as: UTF8.self)
          rest.removeFirst(end + 1)
          seen.withLock { $0.append(line) }
          each(line)
          continuation.yield(line)
        }
      }
      close(descriptor)
      continuation.finish()
    }
  }

  /// The lines so far.
  var all: [String] { seen.withLock { $0 } }
}

/// A process's end, to be waited for.
final class Ended: Sendable {
  private let stream: AsyncStream<Int32>

  init(_ process: Process) {
    let (stream, continuation) = AsyncStream<Int32>.makeStream()
    self.stream = stream
    process.terminationHandler = {
      continuation.yield($0.terminationReason == .exit ? $0.terminationStatus : -$0.terminationStatus)
      continuation.finish()
    }
  }

  /// The exit status, or the negative number of the signal that ended it.
  func status() async -> Int32 {
    for await status in stream { return status }
    return -1
  }
}

/// The four services, running on a state folder of their own.
final class RunningProgramme: @unchecked Sendable {
  // `@unchecked`: `process` is started in `start` and only signalled afterwards.
  let folder: TemporaryFolder
  private let process = Process()
  private let ended: Ended
  private let lines: Lines

  /// Starts them and waits until they say what to type next.
  init(folder: TemporaryFolder? = nil, environment: [String: String] = [:]) async throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    process.executableURL = Executable.folder.appendingPathComponent("programme")
    process.arguments = ["run", "--state", folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    lines = Lines(output)
    ended = Ended(process)
    try process.run()
    for await line in lines.stream where line.contains("board status") { break }
  }

  /// A test that throws leaves nothing running.
  deinit { if process.isRunning { process.terminate() } }

  var options: [String] { ["--sockets", folder.path + "/sockets", "--keys", folder.path + "/keys"] }

  /// Runs the board client.
  func board(_ arguments: String...) async throws -> Executable.Outcome {
    try await Executable.run("board", arguments + options)
  }

  /// The process id of a service.
  func pid(_ service: ServiceName) throws -> pid_t {
    let text = try String(contentsOfFile: "\(folder.path)/\(service.rawValue)/pid", encoding: .utf8)
    return pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))!
  }

  /// Ends all as an operator does.
  @discardableResult
  func stop() async -> Int32 {
    process.terminate()
    return await ended.status()
  }
}
