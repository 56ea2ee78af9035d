import Foundation
import Synchronization
import TestSupport

/// Stands between a service and those who send to it, and cuts each connection after a random number of bytes:
/// in the middle of a message, before an acknowledgement, wherever it falls.
final class CuttingProxy: Sendable {
  private let listener: UnixSocket
  private let target: String
  private let random: Mutex<SeededGenerator>
  private let range: ClosedRange<Int>
  private let counter = Mutex(0)
  private let open = Mutex<[UnixSocket]>([])
  private let isStopping = Mutex(false)

  init(at path: String, to target: String, seed: UInt64, cutAfter range: ClosedRange<Int>) throws {
    listener = try .listen(at: path)
    self.target = target
    self.range = range
    random = Mutex(SeededGenerator(seed: seed))
    Thread.detachNewThread { self.accept() }
  }

  var cuts: Int { counter.withLock { $0 } }

  /// Lets every connection live from now on.
  func heal() { isStopping.withLock { $0 = true } }

  func stop() {
    heal()
    listener.cut()
    for socket in open.withLock({ $0 }) { socket.cut() }
  }

  private func accept() {
    while true {
      let descriptor = Foundation.accept(listener.descriptor, nil, nil)
      if descriptor < 0 { break }
      let near = UnixSocket(descriptor)
      guard let far = UnixSocket(connectedTo: target) else {
        near.close()
        continue
      }
      open.withLock { $0 += [near, far] }
      let left = Left(random.withLock { random in Int.random(in: range, using: &random) })
      for (from, to) in [(near, far), (far, near)] {
        Thread.detachNewThread { self.pump(from, to, left) }
      }
    }
    listener.close()
  }

  private final class Left: Sendable {
    private let bytes: Mutex<Int>
    init(_ bytes: Int) { self.bytes = Mutex(bytes) }
    /// How many of these may pass.
    func take(_ count: Int) -> Int {
      bytes.withLock { left in
        let taken = min(left, count)
        left -= taken
        return taken
      }
    }
  }

  private func pump(_ from: UnixSocket, _ to: UnixSocket, _ left: Left) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(from.descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      let passing = isStopping.withLock { $0 } ? count : left.take(count)
      if !to.send(buffer[0..<passing]) { break }
      if passing < count {
        counter.withLock { $0 += 1 }
        break
      }
    }
    from.cut()
    to.cut()
  }
}
