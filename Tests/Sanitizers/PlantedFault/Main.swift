import Foundation

/// Does what a sanitizer must report, so that a clean run of the suite means something: `planted-fault race` or
/// `planted-fault overflow`.
@main struct PlantedFault {
  nonisolated(unsafe) private static var counter = 0

  static func main() {
    switch CommandLine.arguments.dropFirst().first {
    case "race": race()
    case "overflow": overflow()
    default: fatalError("Say which fault: race or overflow.")
    }
  }

  /// Two threads count without a lock.
  private static func race() {
    let threads = (0..<2).map { _ in Thread { for _ in 0..<10_000 { counter += 1 } } }
    for thread in threads { thread.start() }
    while !threads.allSatisfy(\.isFinished) { Thread.sleep(forTimeInterval: 0.01) }
    print(counter)
  }

  /// Reads behind the end of what was allocated.
  private static func overflow() {
    let memory = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    defer { memory.deallocate() }
    memory.initialize(to: 1)
    print(memory[CommandLine.arguments.count])
  }
}
