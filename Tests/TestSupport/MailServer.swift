import Foundation

/// A mail server of the tests' own (aiosmtpd), with ports that each misbehave in their own way: `Tests/Mail/smtp_server.py`
/// says how.
public final class MailServer: @unchecked Sendable {
  // `@unchecked`: nothing changes after `init` but the process, which is only signalled.

  public struct Port: Encodable, Sendable {
    public var stage: String?
    public var action: String?
    public var times: Int?
    public var chance: Double?
    public var refuse: String?
    public var rules: [Port]?
    public var tls: String?
    public var certificate: String?
    public var login: [String]?
    public var ascii: Int?

    /// - Parameter ascii: so many connections are offered no SMTPUTF8.
    public init(
      _ stage: String? = nil, _ action: String? = nil, times: Int? = nil, chance: Double? = nil, refuse: String? = nil,
      tls: String? = nil, certificate: String? = nil, login: [String]? = nil, rules: [Port]? = nil, ascii: Int? = nil
    ) {
      self.stage = stage
      self.action = action
      self.times = times
      self.chance = chance
      self.refuse = refuse
      self.tls = tls
      self.certificate = certificate
      self.login = login
      self.rules = rules
      self.ascii = ascii
    }
  }

  /// A mail that the server took.
  public struct Taken: Decodable, Sendable, Hashable {
    public let port: Int
    public let from: String
    public let to: [String]
    public let sha256: String
    public let id: String?
  }

  public let folder: TemporaryFolder
  public let ports: [Int]
  private let process = Process()

  /// Starts it and waits until every port is open.
  ///
  /// - Parameter program: another script with the same manners, from the same folder.
  public init(_ ports: [Port], program: String = "smtp_server.py") async throws {
    folder = try TemporaryFolder()
    process.executableURL = Executable.project.appendingPathComponent(".venv/bin/python")
    process.arguments = [
      Executable.project.appendingPathComponent("Tests/Mail/\(program)").path, folder.path,
      String(decoding: try JSONEncoder().encode(ports), as: UTF8.self),
    ]
    let output = Pipe()
    process.standardOutput = output
    let lines = Lines(output)
    try process.run()
    var open: [Int]?
    for await line in lines.stream {
      open = try JSONDecoder().decode([Int].self, from: Data(line.utf8))
      break
    }
    guard let open else { throw Failure(description: "\(program) did not start; make deps installs what it needs") }
    self.ports = open
  }

  deinit { process.terminate() }

  /// A file of the authority that signed the good certificates.
  public var authority: String { folder.path + "/authority.pem" }

  /// What was taken so far, in order, by every port or by one.
  public func taken(by port: Int? = nil) throws -> [Taken] {
    try log("taken").filter { port == nil || $0.port == port }
  }

  /// What MAIL was told so far by a port, such as `FROM:<a@example.se> SIZE=100`, whatever became of it.
  public func senders(of port: Int) throws -> [String] {
    struct Sender: Decodable {
      let port: Int
      let argument: String
    }
    let all: [Sender] = try log("senders")
    return all.filter { $0.port == port }.map(\.argument)
  }

  private func log<Line: Decodable>(_ name: String) throws -> [Line] {
    let text = (try? String(contentsOfFile: "\(folder.path)/\(name).jsonl", encoding: .utf8)) ?? ""
    return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
    public init(description: String) { self.description = description }
  }
}
