import Foundation
import Logging
import Messaging

/// One line of JSON on standard error for each thing logged: `time`, `level`, `service`, `message`, and what was
/// given beside it, such as `trace`, `type` and ids. Names and addresses of people are never given.
struct JSONLog: LogHandler {
  let service: String
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let write: @Sendable (Data) -> Void

  init(
    service: String, level: Logger.Level,
    write: @escaping @Sendable (Data) -> Void = { FileHandle.standardError.write($0) }
  ) {
    self.service = service
    self.write = write
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var line = #"{"time":""# + Timestamp.wallClock().text + #"","level":""# + event.level.rawValue + #"","service":"#
    JSONLog.append(service, to: &line)
    line += #","message":"#
    JSONLog.append("\(event.message)", to: &line)
    let given = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
    for (key, value) in given.sorted(by: { $0.key < $1.key }) where !JSONLog.own.contains(key) {
      line += ","
      JSONLog.append(key, to: &line)
      line += ":"
      JSONLog.append("\(value)", to: &line)
    }
    line += "}\n"
    // One call, so that lines of several threads do not mix.
    write(Data(line.utf8))
  }

  private static let own: Set<String> = ["time", "level", "service", "message"]

  /// A JSON string (RFC 8259, section 7).
  private static func append(_ text: String, to line: inout String) {
    line += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\u{0}"..."\u{1f}", "\u{7f}":
        let hex = String(scalar.value, radix: 16)
        line += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: line.unicodeScalars.append(scalar)
      }
    }
    line += "\""
  }
}
