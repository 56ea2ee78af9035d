import Contracts

/// A mailbox: an address that a header can carry, and perhaps the name of whose it is.
struct MailAddress: Sendable, Hashable {
  let name: String?
  /// As people write it.
  let address: String
  /// As mail servers take it, before and after the `@`: the domain in ASCII.
  private let local: String
  private let domain: String

  /// For envelopes, headers and links.
  var wire: String { "\(local)@\(domain)" }

  /// - Parameter field: what a fault calls it.
  /// - Throws: `MailFault` where the address has no domain that can be written in ASCII, or the name is no single line.
  init(name: String?, address: String, field: String) throws {
    if let name { try HeaderField.checkLine(name, field) }
    let email = EmailAddress(unchecked: address)
    let parts = email.wire.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count > 1 else { throw MailFault(field: field, reason: .address) }
    (self.name, self.address) = (name, email.rawValue)
    local = parts.dropLast().joined(separator: "@")
    domain = parts[parts.count - 1]
    if domain.utf8.contains(where: { $0 > 0x7f }) { throw MailFault(field: field, reason: .domain) }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard !local.isEmpty, local.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) || EmailAddress.isLocal(local),
      labels.allSatisfy({ label in
        !label.isEmpty && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { $0 == UInt8(ascii: "-") || HeaderField.isAlphanumeric($0) }
      })
    else { throw MailFault(field: field, reason: .address) }
  }

  /// Reads `Mentorskapet <mentorskap@example.se>` or a bare address: one of the association's own, to which everybody
  /// must be able to write, from any server.
  init(parsing text: String, field: String) throws {
    try self.init(written: text, field: field)
    if local.utf8.contains(where: { $0 > 0x7f }) { throw MailFault(field: field, reason: .localPart) }
  }

  private init(written text: String, field: String) throws {
    let trimmed = text.drop(while: \.isWhitespace)
    guard let open = trimmed.lastIndex(of: "<") else {
      try self.init(name: nil, address: String(trimmed), field: field)
      return
    }
    guard trimmed.last == ">" else { throw MailFault(field: field, reason: .address) }
    var name = trimmed[..<open]
    while name.last?.isWhitespace == true { name.removeLast() }
    if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
    let address = trimmed[trimmed.index(after: open)...].dropLast()
    try self.init(name: name.isEmpty ? nil : String(name), address: String(address), field: field)
  }

  /// As it stands in a header, in parts between which the line may be folded: in ASCII, but for other letters before the
  /// `@`, which stand as they are (RFC 6532, 3.2).
  var tokens: [String] {
    let isDotAtom = local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.utf8.allSatisfy { $0 > 0x7f || HeaderField.isAtomText($0) }
    }
    let local = isDotAtom ? local : HeaderField.quoted(local)
    return (name.map(HeaderField.phrase) ?? []) + ["<\(local)@\(domain)>"]
  }
}
