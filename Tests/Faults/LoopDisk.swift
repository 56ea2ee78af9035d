import Contracts
import Foundation
import TestSupport

/// A small ext4 file system in a file, mounted for as long as the value lives.
final class LoopDisk: @unchecked Sendable {
  // `@unchecked`: `image` changes in `cutPower` alone, which one test calls at a time.
  let mountPoint: String
  private var image: String
  private let options: String

  /// - Parameter options: of mount(8).
  init(in folder: String, named name: String, megabytes: Int, options: String = "") async throws {
    mountPoint = "\(folder)/\(name)"
    image = "\(folder)/\(name).0"
    self.options = options
    try FileManager.default.createDirectory(atPath: mountPoint, withIntermediateDirectories: true)
    try await LoopDisk.call("truncate", "-s", "\(megabytes)M", image)
    try await LoopDisk.call("mkfs.ext4", "-q", "-m", "0", image)
    try await mount()
  }

  /// Moves a service's folder onto the disk; its store stays where it was by name.
  func take(_ service: ServiceName, in state: String) async throws {
    try await LoopDisk.call("mv", "\(state)/\(service.rawValue)", "\(mountPoint)/\(service.rawValue)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(state)/\(service.rawValue)", withDestinationPath: "\(mountPoint)/\(service.rawValue)")
    try await LoopDisk.call("sync", "-f", mountPoint)
  }

  /// What the disk holds at this moment, without what is only in memory, is copied; `whenCopied` ends whoever
  /// writes; then the copy is mounted in the disk's place.
  func cutPower(whenCopied: () async -> Void) async throws {
    let copy = image + "+"
    try await LoopDisk.call("cp", "--sparse=always", image, copy)
    await whenCopied()
    try await LoopDisk.call("umount", mountPoint)
    try FileManager.default.removeItem(atPath: image)
    image = copy
    try await mount()
  }

  /// Takes all the space that is left, in a file whose path it gives.
  func fill() throws -> String {
    let path = mountPoint + "/filler"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = open(path, O_WRONLY)
    defer { close(file) }
    var size = 1 << 20
    while size >= 512 {
      let bytes = [UInt8](repeating: 1, count: size)
      if write(file, bytes, size) < size { size /= 2 }
    }
    fsync(file)
    return path
  }

  private func mount() async throws {
    let all = ["loop", options].filter { !$0.isEmpty }.joined(separator: ",")
    try await LoopDisk.call("mount", "-o", all, image, mountPoint)
  }

  private static func call(_ arguments: String...) async throws {
    let outcome = try await Executable.run(URL(fileURLWithPath: "/usr/bin/env"), arguments)
    if outcome.status != 0 {
      throw Surprise("\(arguments.joined(separator: " ")): \(outcome.errors) (a loop device needs root)")
    }
  }

  deinit { _ = umount2(mountPoint, Int32(MNT_DETACH)) }
}
