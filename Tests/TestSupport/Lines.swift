import Foundation
import Synchronization

/// A pipe's lines as they come, read by a thread of its own until every writer has closed.
public final class Lines: Sendable {
  public let stream: AsyncStream<String>
  private let seen = Mutex<[String]>([])

  public init(_ pipe: Pipe, each: @escaping @Sendable (String) -> Void = { _ in }) {
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
  public var all: [String] { seen.withLock { $0 } }
}
