/// Why a mail can't be written as it was asked for. It names the field, never what stands in it.
///
/// None is helped by trying again: the value must change.
struct MailFault: Error, Hashable, CustomStringConvertible {
  enum Reason: String {
    case control = "has a line break or a control character, and must be text on one line"
    case address = "must be an address in ASCII such as anna@example.se, perhaps after a name: Anna <anna@example.se>"
    case identifier = "must be of a to z, 0 to 9, hyphens and dots"
    case fieldName = "is not a name of a header field: letters, digits and hyphens"
  }

  let field: String
  let reason: Reason

  var description: String { "\(field) \(reason.rawValue)." }
}
