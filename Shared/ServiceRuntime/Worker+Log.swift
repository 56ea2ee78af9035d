import Logging

/// What a service tells of its work: one line for each command, delivery and piece of work, at the level `info`, with
/// the trace by which it is followed from service to service.
extension Worker {
  /// Notes what the open transaction does, for the log; nothing where nobody reads it.
  func note(
    _ message: Logger.Message, _ traceparent: String?, _ metadata: @autoclosure () -> Logger.Metadata
  ) {
    guard log.logLevel <= .info else { return }
    done.append((message, traced(traceparent, metadata())))
  }

  /// With the trace that it belongs to, by which it can be followed from service to service.
  func traced(_ traceparent: String?, _ metadata: Logger.Metadata) -> Logger.Metadata {
    guard let trace = traceparent.flatMap(Worker.traceID) else { return metadata }
    return metadata.merging(["trace": "\(trace)"]) { $1 }
  }

  /// Tells the log what the transaction did, once it is committed.
  func tellDone() {
    guard !done.isEmpty else { return }
    for (message, metadata) in done { log.info(message, metadata: metadata) }
    done = []
  }

  /// The trace of a W3C traceparent; nil where it is none, so that no text of a client's gets into the log.
  private static func traceID(_ traceparent: String) -> String? {
    let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].utf8.count == 32, parts[1].allSatisfy(\.isHexDigit) else { return nil }
    return String(parts[1])
  }
}
