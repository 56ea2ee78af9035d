import Contracts

/// Where a page of members ended: the last one's folded name and id, which stay where they are in the order
/// whatever is registered or changed meanwhile.
struct MemberPage: Sendable, Hashable {
  let foldedName: String
  let id: MemberID

  init(after name: PersonName, _ id: MemberID) {
    foldedName = name.rawValue.folded
    self.id = id
  }

  /// Nil where the token is none that `token` has made.
  init?(_ token: PageToken) {
    let parts = token.rawValue.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let id = MemberID(rawValue: String(parts[0])) else { return nil }
    self.id = id
    foldedName = String(parts[1])
  }

  var token: PageToken { PageToken(unchecked: "\(id.rawValue) \(foldedName)") }
}
