import Contracts
import Texts

/// What the holes of a template are filled with: one line each, whatever people have written.
struct MailValues: Sendable {
  private(set) var all: [String: any Sendable] = [:]

  /// What a template of a kind may name. The other's address is told only once both have accepted, and never after an
  /// end; what is missing here no file can ask for.
  static func names(_ kind: TellMember.Kind) -> [String] {
    var names = ["name", "firstName", "other", "otherFirstName", "mentor", "adept"]
    switch kind {
    case .welcome, .firstContactReminder, .checkIn, .contactReminder: names.append("otherAddress")
    default: break
    }
    switch kind {
    case .invitation, .invitationReminder, .welcome, .firstContactReminder, .halfWay, .closing, .paused, .resumed:
      names.append("day")
    case .agreementToConfirm, .agreementConfirmed:
      names += ["topics", "direction", "everyWeeks", "form", "meetings"]
    case .survey: names += ["start", "halfWay", "end"]
    case .remainingMonths: names.append("months")
    case .completed: names += ["day", "certificate"]
    default: break
    }
    return names
  }

  init(
    _ task: TellMember, party: Party, to reader: AddressBook.Entry, about other: AddressBook.Entry
  ) {
    let language = reader.language
    func set(_ name: String, _ value: String?) {
      guard MailValues.names(task.kind).contains(name), let value else { return }
      all[name] = MailValues.line(value)
    }
    func first(_ name: PersonName) -> String {
      MailValues.line(name.rawValue).split(separator: " ").first.map(String.init) ?? ""
    }
    set("name", reader.name.rawValue)
    set("firstName", first(reader.name))
    set("other", other.name.rawValue)
    set("otherFirstName", first(other.name))
    if !other.isProtected { set("otherAddress", other.email.rawValue) }
    set("day", task.day?.inWords[language])
    if let topics = task.topics?.elements, !topics.isEmpty {
      set("topics", topics.map { WordTexts.topic($0)[language] }.joined(separator: ", "))
    }
    set("direction", task.direction?.rawValue)
    set("everyWeeks", task.everyWeeks.map { MailTexts.everyWeeks($0.rawValue)[language] })
    set("form", task.form.map { WordTexts.form($0)[language] })
    set("meetings", task.meetings.map { "\($0.rawValue)" })
    set("months", task.months.map { MailTexts.months($0.rawValue)[language] })
    all[party == .mentor ? "mentor" : "adept"] = true
    if task.kind == .completed, task.certificate != nil { all["certificate"] = true }
    if task.kind == .survey {
      switch task.survey ?? .start {
      case .start: all["start"] = true
      case .halfWay: all["halfWay"] = true
      case .end: all["end"] = true
      }
    }
  }

  /// On one line, so that nobody's words make a paragraph of their own.
  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
