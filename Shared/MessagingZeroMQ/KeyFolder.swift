import Foundation
import Messaging
import ZeroMQ

/// The folder that holds the keys: `public/authorized-keys` for all, and each principal's own secret in
/// `NAME/secret`, readable by its owner alone; beside a service's, in `NAME/erasures`, what its list of erasures is read
/// with.
///
/// Each has a folder of its own, so that a container is given that one and `public` and no other's.
public struct KeyFolder: Sendable {
  public let path: String
  public init(path: String) { self.path = path }

  private static let publicFolder = "public"
  public var authorizedKeysPath: String { "\(path)/\(Self.publicFolder)/authorized-keys" }
  func secretPath(_ principal: String) -> String { "\(path)/\(principal)/secret" }
  /// What a service's list of erasures is read with.
  public func erasureKeyPath(_ service: String) -> String { "\(path)/\(service)/erasures" }

  /// The key pair of a principal.
  ///
  /// - Throws: `KeyFault`, as all below.
  public func keys(of principal: String) throws -> CurveKeys {
    let file = secretPath(principal)
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw KeyFault(
        sv: "Nyckeln \(file) kan inte läsas. Skapa den med: board keys create \(principal)",
        en: "The key \(file) can't be read. Make it with: board keys create \(principal)")
    }
    guard let keys = CurveKeys(secretKey: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw KeyFault(
        sv: "I filen \(file) står ingen hemlig nyckel med 40 tecken. Gör en ny med: board keys create \(principal)",
        en:
          "The file \(file) holds no secret key of 40 characters. Make a new one with: board keys create \(principal)")
    }
    return keys
  }

  /// The principals that may connect.
  ///
  /// - Parameter report: told when a replaced file can't be used and so admits nobody.
  public func authorizedKeys(
    report: @escaping @Sendable (KeyFault) -> Void = { _ in }
  ) throws -> AuthorizedKeys { try AuthorizedKeys(path: authorizedKeysPath, report: report) }

  /// Makes a key pair for a principal and authorises it, and for a service the key of its list of erasures; does nothing
  /// where it has them already.
  ///
  /// - Returns: true where a pair was made.
  @discardableResult
  public func create(_ principal: Principal) throws -> Bool {
    guard principal.id != Self.publicFolder else {
      throw KeyFault(
        sv: "\(principal.id) är mappen för det som alla får läsa. Välj ett annat namn.",
        en: "\(principal.id) is the folder of what all may read. Choose another name.")
    }
    let files = FileManager.default
    func make(_ folder: String, mode: Int) throws {
      try files.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
    }
    try make(path, mode: 0o755)
    try make("\(path)/\(Self.publicFolder)", mode: 0o755)
    let list = (try? String(contentsOfFile: authorizedKeysPath, encoding: .utf8)) ?? KeyFolder.header
    let known = try AuthorizedKeys.parse(list)
    if let line = known.first(where: { $0.value.id == principal.id }) {
      guard line.value == principal else {
        throw KeyFault(
          sv:
            "\(principal.id) har redan en nyckel, med rollen \(line.value.role.rawValue). Ta bort den först: board keys remove \(principal.id)",
          en:
            "\(principal.id) has a key already, with the role \(line.value.role.rawValue). Take it away first: board keys remove \(principal.id)"
        )
      }
      if let keys = try? keys(of: principal.id), keys.publicKey == line.key {
        try makeErasureKey(principal)
        return false
      }
      throw KeyFault(
        sv:
          "\(principal.id) har en nyckel, men \(secretPath(principal.id)) är inte dess hemliga del. Lägg tillbaka den, eller ta bort nyckeln och gör en ny: board keys remove \(principal.id)",
        en:
          "\(principal.id) has a key, but \(secretPath(principal.id)) is not its secret. Put the secret back, or take the key away and make a new one: board keys remove \(principal.id)"
      )
    }
    let keys = CurveKeys.generate()
    try make("\(path)/\(principal.id)", mode: 0o700)
    guard
      files.createFile(
        atPath: secretPath(principal.id), contents: Data((keys.secretKey + "\n").utf8),
        attributes: [.posixPermissions: 0o600])
    else { throw Self.unwritable(secretPath(principal.id)) }
    try makeErasureKey(principal)
    let line = [keys.publicKey, principal.id, principal.role.rawValue, principal.memberID]
      .compactMap { $0 }.joined(separator: "  ")
    try authorize(list + line + "\n")
    return true
  }

  /// It stays when the secret is made anew: the list is read with it for ever.
  private func makeErasureKey(_ principal: Principal) throws {
    let file = erasureKeyPath(principal.id)
    guard principal.role == .service, !FileManager.default.fileExists(atPath: file) else { return }
    let digits = (0..<64).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
    guard
      FileManager.default.createFile(
        atPath: file, contents: Data((digits + "\n").utf8), attributes: [.posixPermissions: 0o600])
    else { throw Self.unwritable(file) }
  }

  /// Takes a principal's key away: from the list first, so that it counts from the next message on.
  ///
  /// - Returns: false where there was none.
  public func remove(_ principal: String) throws -> Bool {
    guard principal != Self.publicFolder else {
      throw KeyFault(
        sv: "\(principal) är mappen för det som alla får läsa, och ingen som har en nyckel.",
        en: "\(principal) is the folder of what all may read, and no principal.")
    }
    let list = (try? String(contentsOfFile: authorizedKeysPath, encoding: .utf8)) ?? ""
    let lines = list.split(separator: "\n", omittingEmptySubsequences: false)
    let others = lines.filter { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.count < 2 || words[0] == "#" || words[1] != principal
    }
    if others.count < lines.count { try authorize(others.joined(separator: "\n")) }
    let secret = secretPath(principal)
    let hasSecret = unlink(secret) == 0
    guard hasSecret || errno == ENOENT || errno == ENOTDIR else {
      throw KeyFault(
        sv: "Filen \(secret) kan inte tas bort. Gör det som dess ägare.",
        en: "The file \(secret) can't be removed. Do it as its owner.")
    }
    // What else the principal has there stays, such as the notifier's password.
    rmdir("\(path)/\(principal)")
    return hasSecret || others.count < lines.count
  }

  /// Replaces the list at once, readable by all whoever writes it.
  private func authorize(_ list: String) throws {
    let next = authorizedKeysPath + ".next"
    let files = FileManager.default
    guard
      files.createFile(atPath: next, contents: Data(list.utf8), attributes: [.posixPermissions: 0o644]),
      rename(next, authorizedKeysPath) == 0
    else { throw Self.unwritable(authorizedKeysPath) }
  }

  private static func unwritable(_ file: String) -> KeyFault {
    KeyFault(
      sv: "Filen \(file) kan inte skrivas. Gör det som dess ägare.",
      en: "The file \(file) can't be written. Do it as its owner.")
  }

  private static let header = "# public key, principal, role, member id where there is one\n"
}
