import Contracts
import Foundation
import TestSupport
import Testing

@testable import NotificationService

@Suite struct MaildirTests {
  let folder: TemporaryFolder
  let maildir: Maildir
  let file = Maildir.fileName(of: TaskID(unchecked: "p-1-welcome-mentor"))

  init() throws {
    folder = try TemporaryFolder()
    maildir = Maildir(path: folder.path + "/mail")
  }

  private func files(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(maildir.path)/\(name)").sorted()
  }

  private func mode(_ name: String) throws -> Int {
    try #require(
      FileManager.default.attributesOfItem(atPath: "\(maildir.path)/\(name)")[.posixPermissions] as? Int)
  }

  @Test func `a file is named after its task alone`() {
    #expect(file == "p-1-welcome-mentor.handslag.local")
    #expect(Maildir.fileName(of: TaskID(unchecked: "p-1-welcome-adept")) != file)
  }

  @Test func `a mail lies in new, whole, and for its owner alone`() throws {
    try maildir.deliver(Data("one\r\n".utf8), as: file)
    #expect(try files("new") == [file])
    #expect(try files("tmp") == [] && files("cur") == [])
    #expect(try Data(contentsOf: URL(filePath: "\(maildir.path)/new/\(file)")) == Data("one\r\n".utf8))
    for name in ["", "tmp", "new", "cur"] { #expect(try mode(name) == 0o700) }
    #expect(try mode("new/\(file)") == 0o600)
  }

  @Test func `delivered again it is still one, as it was`() throws {
    try maildir.deliver(Data("one".utf8), as: file)
    try maildir.deliver(Data("two".utf8), as: file)
    #expect(try files("new") == [file])
    #expect(try Data(contentsOf: URL(filePath: "\(maildir.path)/new/\(file)")) == Data("one".utf8))
  }

  @Test(arguments: ["", ":2,", ":2,S", ":2,FRS", ":2,Sa"])
  func `what a mail reader has taken over is not delivered again`(flags: String) throws {
    try maildir.deliver(Data("one".utf8), as: file)
    try FileManager.default.moveItem(
      atPath: "\(maildir.path)/new/\(file)", toPath: "\(maildir.path)/cur/\(file)\(flags)")
    try maildir.deliver(Data("one".utf8), as: file)
    #expect(try files("new") == [] && files("cur") == [file + flags])
  }

  @Test func `a mail whose name begins the same is another`() throws {
    try maildir.deliver(Data("one".utf8), as: file)
    try FileManager.default.moveItem(
      atPath: "\(maildir.path)/new/\(file)", toPath: "\(maildir.path)/cur/\(file)-2:2,S")
    try maildir.deliver(Data("one".utf8), as: file)
    #expect(try files("new") == [file])
  }

  @Test func `what a crash left half written is written over`() throws {
    try maildir.deliver(Data("other".utf8), as: "other")
    try Data("a longer text, cut o".utf8).write(to: URL(filePath: "\(maildir.path)/tmp/\(file)"))
    try maildir.deliver(Data("one".utf8), as: file)
    #expect(try Data(contentsOf: URL(filePath: "\(maildir.path)/new/\(file)")) == Data("one".utf8))
    #expect(try files("tmp") == [])
  }

  @Test func `what the file system refuses is thrown, and works once it can`() throws {
    try Data().write(to: URL(filePath: maildir.path))
    #expect(throws: MaildirError.self) { try maildir.deliver(Data("one".utf8), as: file) }
    try FileManager.default.removeItem(atPath: maildir.path)
    try maildir.deliver(Data("one".utf8), as: file)
    #expect(try files("new") == [file])
  }
}
