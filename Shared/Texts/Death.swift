import Contracts

/// What a delivery died of: a stable cause, and a detail for whoever mends it.
///
/// Stores keep it as `delivery/CAUSE: DETAIL`; a person reads `sentence`.
public struct Death: Sendable, Hashable {
  public enum Cause: String, Sendable, CaseIterable {
    /// Handling it ended the receiver's process.
    case crashed
    /// Handling it threw, each time that it was tried.
    case failed
    /// The receiver's handler said that it will never be able to effect it.
    case rejected
    /// Its type is known and its data is not what the contract says.
    case malformed
    /// The receiver did not take it at all, so it is dead at its sender.
    case refused
    /// It claims to come from somebody else.
    case notYours = "not-yours"
    /// The topology does not let its sender send it there.
    case notPermitted = "not-permitted"
    /// The receiver had received something else under the same id.
    case conflict
    /// Its bytes are no envelope.
    case unreadable
  }

  public let cause: Cause
  /// In English, as the program that failed or refused put it; may be empty.
  public let detail: String

  public init(_ cause: Cause, _ detail: String = "") {
    self.cause = cause
    self.detail = detail
  }

  /// For programs.
  public var code: String { "delivery/\(cause.rawValue)" }

  /// As stores keep it.
  public var text: String { detail.isEmpty ? code : "\(code): \(detail)" }

  /// Reads what a store has kept. A code of a newer version is a refusal with all of it as its detail.
  public init(text: String) {
    let parts = text.split(separator: ": ", maxSplits: 1)
    guard let code = parts.first, code.hasPrefix("delivery/"),
      let cause = Cause(rawValue: String(code.dropFirst("delivery/".count)))
    else {
      self.init(.refused, text)
      return
    }
    self.init(cause, parts.count > 1 ? String(parts[1]) : "")
  }

  /// What went wrong, for a person.
  ///
  /// - Parameter attempts: how many times handling it was begun.
  public func sentence(attempts: Int) -> Phrase {
    let times = Phrase(
      sv: attempts == 1 ? "en gång" : "\(attempts) gånger", en: attempts == 1 ? "once" : "\(attempts) times")
    let because = detail.isEmpty ? "" : ": \(detail)"
    switch cause {
    case .crashed:
      return Phrase(
        sv: "Tjänsten avslutades när det skulle utföras; det försöktes \(times.sv).",
        en: "Handling it ended the service's process; it was tried \(times.en).")
    case .failed:
      return Phrase(
        sv: "Det gick fel när det skulle utföras; det försöktes \(times.sv).",
        en: "Handling it failed; it was tried \(times.en).")
    case .rejected:
      return Phrase(sv: "Tjänsten kan inte utföra det\(because).", en: "The service can't effect it\(because).")
    case .malformed:
      return Phrase(
        sv: "Innehållet är inte vad meddelandetypen säger\(because).",
        en: "Its data is not what its type says\(because).")
    case .refused:
      return Phrase(sv: "Mottagaren tog inte emot det\(because).", en: "Its receiver refused it\(because).")
    case .notYours:
      return Phrase(
        sv: "Det säger sig komma från en annan avsändare\(because)",
        en: "It says that it comes from another sender\(because)")
    case .notPermitted:
      return Phrase(
        sv: "Avsändaren får inte skicka det till mottagaren\(because)",
        en: "Its sender may not send it to this receiver\(because)")
    case .conflict:
      return Phrase(
        sv: "Mottagaren har redan fått ett annat meddelande med samma id.",
        en: "Its receiver had another message with the same id before.")
    case .unreadable:
      return Phrase(
        sv: "Mottagaren kunde inte läsa det som ett meddelande\(because).",
        en: "Its receiver could not read it as a message\(because).")
    }
  }
}
