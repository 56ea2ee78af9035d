import Foundation
import GRDB
import Synchronization

/// The moment of the commit that each key's row was part of, on the clock that all processes of a machine share.
final class Trace: Sendable {
  private let path: String
  private let lines = Mutex<[(key: String, nanoseconds: UInt64)]>([])

  init(path: String) { self.path = path }

  func note(_ key: String, in db: Database) {
    db.afterNextTransaction { _ in
      self.lines.withLock { $0.append((key, DispatchTime.now().uptimeNanoseconds)) }
    }
  }

  func write() {
    let text = lines.withLock { $0.map { "\($0.key) \($0.nanoseconds)\n" }.joined() }
    try? Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}
