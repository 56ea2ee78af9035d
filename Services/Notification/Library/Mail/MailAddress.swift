/// A mailbox: an address that a header can carry, and perhaps the name of whose it is.
struct MailAddress: Sendable, Hashable {
  let name: String?
  private let local: String
  private let domain: String

  var address: String { "\(local)@\(domain)" }

  /// - Parameter field: what a fault calls it.
  /// - Throws: `MailFault` where the address is not ASCII or has no domain, or the name no single line.
  init(name: String?, address: String, field: String) throws {
    if let name { try HeaderField.checkLine(name, field) }
    guard let at = address.lastIndex(of: "@") else { throw MailFault(field: field, reason: .address) }
    local = String(address[..<at])
    domain = String(address[address.index(after: at)...])
    self.name = name
    if local.utf8.contains(where: { $0 > 0x7f }) { throw MailFault(field: field, reason: .localPart) }
    if domain.utf8.contains(where: { $0 > 0x7f }) { throw MailFault(field: field, reason: .domain) }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard !local.isEmpty, local.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      labels.allSatisfy({ label in
        !label.isEmpty && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { $0 == UInt8(ascii: "-") || HeaderField.isAlphanumeric($0) }
      })
    else { throw MailFault(field: field, reason: .address) }
  }

  /// Reads `Mentorskapet <mentorskap@example.se>` or a bare address.
  init(parsing text: String, field: String) throws {
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

  /// As it stands in a header, in parts between which the line may be folded.
  var tokens: [String] {
    let isDotAtom = local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.utf8.allSatisfy(HeaderField.isAtomText)
    }
    let local = isDotAtom ? local : HeaderField.quoted(local)
    return (name.map(HeaderField.phrase) ?? []) + ["<\(local)@\(domain)>"]
  }
}
