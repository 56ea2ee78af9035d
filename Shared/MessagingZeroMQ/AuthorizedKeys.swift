import Foundation
import Messaging
import Synchronization
import ZeroMQ

/// The file that says which key belongs to whom: one principal a line, re-read when it is replaced.
///
/// ```
/// # public key (Z85, 40 characters)        principal    role         member id, where there is one
/// rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7  matching     service
/// Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID  karin        coordinator  m-4k7q2x9d
/// ```
public final class AuthorizedKeys: Sendable {
  private struct State {
    var stamp: Stamp?
    var byKey: [String: Principal] = [:] {
      didSet {
        let services = byKey.filter { $0.value.role == .service }.map { ($0.value.id, $0.key) }
        keyOfService = Dictionary(uniqueKeysWithValues: services)
      }
    }
    private(set) var keyOfService: [String: String] = [:]
    var fault: KeyFault?
  }
  private struct Stamp: Equatable {
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int
  }

  private let path: String
  private let report: @Sendable (KeyFault) -> Void
  private let state = Mutex(State())

  /// - Parameter report: told once when a replaced file can't be used.
  /// - Throws: `KeyFault` where the file is missing or a line of it is wrong.
  public init(path: String, report: @escaping @Sendable (KeyFault) -> Void = { _ in }) throws {
    self.path = path
    self.report = report
    _ = read()
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }

  /// Whose key it is now; nil where nobody's. A removed key is nobody's from the next message on. A file
  /// that can't be read or has a wrong line admits nobody until it is mended.
  public func principal(ofKey publicKey: String) -> Principal? {
    refresh()
    return state.withLock { $0.byKey[publicKey] }
  }

  /// Who goes by a name; nil where nobody does.
  public func principal(named name: String) -> Principal? {
    refresh()
    return state.withLock { state in state.byKey.values.first { $0.id == name } }
  }

  /// The public key of a service, needed to connect to it.
  public func key(ofService name: String) -> String? {
    refresh()
    return state.withLock { $0.keyOfService[name] }
  }

  private func refresh() {
    if let fault = read() { report(fault) }
  }

  /// Reads the file where it is another than before, and gives a fault that is new.
  private func read() -> KeyFault? {
    var info = stat()
    let stamp: Stamp? =
      stat(path, &info) == 0
      ? Stamp(
        inode: UInt64(info.st_ino), size: Int64(info.st_size), seconds: info.st_mtim.tv_sec,
        nanoseconds: info.st_mtim.tv_nsec) : nil
    return state.withLock { state in
      guard stamp == nil || stamp != state.stamp else { return nil }
      let before = state.fault
      state = State(stamp: stamp)
      do throws(KeyFault) {
        guard stamp != nil, let text = try? String(contentsOfFile: path, encoding: .utf8) else {
          throw KeyFault(
            sv: "Filen med godkända nycklar \(path) kan inte läsas. Skapa den med: board keys create",
            en: "The file of authorised keys \(path) can't be read. Make it with: board keys create")
        }
        state.byKey = try AuthorizedKeys.parse(text)
      } catch {
        state.fault = error
      }
      return state.fault == before ? nil : state.fault
    }
  }

  /// Reads the file's text. A line is a key, a principal, a role and perhaps a member id; `#` begins a
  /// comment line.
  ///
  /// - Throws: a fault that names every wrong line.
  public static func parse(_ text: String) throws(KeyFault) -> [String: Principal] {
    var byKey: [String: Principal] = [:]
    var ids: Set<String> = []
    var faults: [KeyFault] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
      // A Z85 key may begin with '#', so a comment is a '#' that stands alone.
      guard let first = words.first, first != "#" else { continue }
      func fail(sv: String, en: String) {
        faults.append(
          KeyFault(sv: "authorized-keys rad \(index + 1): \(sv)", en: "authorized-keys line \(index + 1): \(en)"))
      }
      guard (3...4).contains(words.count) else {
        fail(
          sv: "här ska stå en publik nyckel, ett namn, en roll och kanske ett medlems-id",
          en: "expected a public key, a principal, a role, and perhaps a member id")
        continue
      }
      let role = Principal.Role(rawValue: words[2])
      if !CurveKeys.isKey(first) {
        fail(
          sv: "det första ordet är ingen publik nyckel i Z85 med 40 tecken",
          en: "the first word is no Z85 public key of 40 characters")
      }
      if role == nil {
        let roles = Principal.Role.allCases.map(\.rawValue).joined(separator: ", ")
        fail(sv: "rollen ska vara en av \(roles)", en: "the role must be one of \(roles)")
      }
      if byKey[first] != nil { fail(sv: "nyckeln står där två gånger", en: "the key stands there twice") }
      if !ids.insert(words[1]).inserted {
        fail(sv: "namnet \(words[1]) står där två gånger", en: "the principal \(words[1]) stands there twice")
      }
      byKey[first] = role.map { Principal(id: words[1], role: $0, memberID: words.count == 4 ? words[3] : nil) }
    }
    guard faults.isEmpty else {
      throw KeyFault(
        sv: faults.map(\.sv).joined(separator: "\n"), en: faults.map(\.en).joined(separator: "\n"))
    }
    return byKey
  }
}
