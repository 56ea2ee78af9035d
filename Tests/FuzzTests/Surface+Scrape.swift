@testable import ServiceRuntime

extension Surface {
  static func scrape(_ mutation: inout Mutation) -> [UInt8] {
    let line = [
      mutation.any(["GET", "POST", "HEAD", "get", ""]), mutation.any(["/metrics", "/metrics?a=b", "/", "", "*", "/m"]),
      mutation.any(["HTTP/1.1", "HTTP/1.0", "HTTP/2", "", "HTTP/1.1 "]),
    ].joined(separator: mutation.any([" ", " ", " ", "  ", "\t"]))
    let field = mutation.any(["", "Host: x\r\n", "X: " + String(repeating: "x", count: mutation.amount()) + "\r\n"])
    let text = line + mutation.any(["\r\n", "\r\n", "\n", ""]) + field + mutation.any(["\r\n", "\r\n", "\r", ""])
    var bytes = Array(text.utf8)
    if mutation.oneIn(4) { mutation.change(&bytes) }
    return bytes
  }

  /// Only what asks for the metrics gets them.
  static func checkScrape(_ bytes: [UInt8]) throws -> String {
    let answer = MetricsRequest.answer(to: bytes)
    if answer == .ok {
      guard bytes.starts(with: Array("GET /metrics".utf8)), MetricsRequest.isWhole(bytes),
        bytes.count <= MetricsRequest.maximumBytes
      else { throw Fault("something else got the metrics") }
    }
    return "\(answer)"
  }
}
