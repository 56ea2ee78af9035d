import Contracts
import Foundation

/// A person as somebody's row names them: by e-mail address, or by the id that the register has given.
public enum MemberReference: Sendable, Hashable {
  /// As `EmailAddress.key` has it.
  case email(String)
  case member(MemberID)

  public init?(written text: String) {
    if let email = EmailAddress(rawValue: text) {
      self = .email(email.key)
    } else if let id = MemberID(rawValue: text.lowercased()), text.lowercased().hasPrefix("m-") {
      self = .member(id)
    } else {
      return nil
    }
  }

  /// What a cell of a register file and a row of a store hold; `init(written:)` reads it.
  public var text: String {
    switch self {
    case .email(let key): key
    case .member(let id): id.rawValue
    }
  }
}

/// Whom a member names, and as what. All of it is private.
public struct NamedPeople: Sendable, Hashable {
  /// Nil where the member has not said; empty where there are none.
  public var competitors: [MemberReference]?
  public var wishes: [MemberReference]?
  public var vetoes: [MemberReference]?
  public init() {}

  public static let kinds:
    [(column: RegisterColumn, path: WritableKeyPath<NamedPeople, [MemberReference]?> & Sendable)] = [
      (.competitors, \.competitors), (.wishes, \.wishes), (.vetoes, \.vetoes),
    ]

  /// Each reference as `change` has it, once.
  public func mapped(_ change: (MemberReference) throws -> MemberReference) rethrows -> NamedPeople {
    var people = self
    for (_, path) in NamedPeople.kinds {
      var seen: Set<MemberReference> = []
      people[keyPath: path] = try self[keyPath: path]?.map(change).filter { seen.insert($0).inserted }
    }
    return people
  }
}

extension EmailAddress {
  /// What tells members apart: two addresses that differ in case alone are one, and so are two whose domain is written
  /// with its letters and in ASCII.
  public var key: String { wire.lowercased().precomposedStringWithCanonicalMapping }
}
