import Foundation
import TestSupport
import Testing

/// What systemd hears from a service that it started with `Type=notify`.
@Suite struct SupervisionTests {
  @Test(arguments: [false, true]) func saysWhenItIsReadyAndWhenItStops(abstract: Bool) async throws {
    let folder = try TemporaryFolder()
    let keys = folder.path + "/keys"
    try #require(try await Executable.run("board", ["keys", "create", "--keys", keys]).status == 0)
    let listener = try #require(Datagrams(folder.path + "/notify", abstract: abstract))
    let service = Process()
    service.executableURL = Executable.folder.appendingPathComponent("notification")
    service.arguments = ["--state", folder.path, "--sockets", folder.path + "/sockets", "--keys", keys]
    service.environment = ProcessInfo.processInfo.environment.merging(["NOTIFY_SOCKET": listener.name]) { $1 }
    service.standardOutput = FileHandle.nullDevice
    let ended = Ended(service)
    try service.run()
    #expect(await listener.next() == "READY=1")
    let health = ["health", "notification", "--sockets", folder.path + "/sockets", "--keys", keys]
    #expect(try await Executable.run("board", health).status == 0)
    service.terminate()
    #expect(await listener.next() == "STOPPING=1")
    #expect(await ended.status() == 0)
  }
}

/// A Unix datagram socket that is read one message at a time.
private final class Datagrams: Sendable {
  /// As `NOTIFY_SOCKET` names it: `@` stands for the zero that begins an abstract name.
  let name: String
  private let descriptor: Int32

  init?(_ path: String, abstract: Bool) {
    name = abstract ? "@" + path : path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = (abstract ? [0] : []) + Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + bytes.count)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    guard isBound == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The next message; the test's own limit ends a wait for one that never comes.
  func next() async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        continuation.resume(returning: String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
      }
    }
  }
}
