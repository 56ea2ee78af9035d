import Contracts

/// Why notification refuses a request.
public enum NotificationRefusal: Refusal {
  case unknownPage
  case unknownMail(TaskID)
  case sharesAMail(TaskID)
  case ownPair(TaskID)
  case nothingToRetry(TaskID, MailState)
  case nothingToDiscard(TaskID, MailState)
  case unwritable(String)
  case unknownMember(MemberID)
  case wrongTemplate(line: Int, MailTexts.TemplateFault)
  case notOptional(TellMember.Kind, optional: [TellMember.Kind])

  public var code: String {
    switch self {
    case .unknownPage: "mail/unknown-page"
    case .unknownMail: "mail/unknown"
    case .sharesAMail: "mail/shares-a-mail"
    case .ownPair: "mail/own-pair"
    case .nothingToRetry: "mail/nothing-to-retry"
    case .nothingToDiscard: "mail/nothing-to-discard"
    case .unwritable: "mail/unwritable"
    case .unknownMember: "mail/unknown-member"
    case .wrongTemplate: "mail/wrong-template"
    case .notOptional: "mail/not-optional"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknownPage: Phrase(sv: "Sidan finns inte", en: "There is no such page")
    case .unknownMail: Phrase(sv: "Mejlet finns inte", en: "There is no such mail")
    case .sharesAMail: Phrase(sv: "Mejlet går tillsammans med andra", en: "The mail goes with others")
    case .ownPair:
      Phrase(sv: "Mejlet rör ett par som du själv är med i", en: "The mail is about a pair that you are in")
    case .nothingToRetry: Phrase(sv: "Mejlet kan inte försökas igen", en: "The mail can't be tried again")
    case .nothingToDiscard: Phrase(sv: "Mejlet kan inte stoppas", en: "The mail can't be stopped")
    case .unwritable: Phrase(sv: "Mejlet kan inte skrivas", en: "The mail can't be written")
    case .unknownMember: Phrase(sv: "Adressen är okänd", en: "The address is unknown")
    case .wrongTemplate: Phrase(sv: "Mallen kan inte användas", en: "The template can't be used")
    case .notOptional: Phrase(sv: "Mejlen går inte att välja bort", en: "The mails can't be declined")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknownPage:
      Phrase(
        sv: "Värdet i after kommer inte från en tidigare sida. Ta next från den förra sidan, eller utelämna after.",
        en: "The value of after does not come from an earlier page. Take next from the page before, or leave after out."
      )
    case .unknownMail(let task):
      Phrase(
        sv: "Inget mejl har uppgiften \(task.rawValue). Ta ett id från board mail list.",
        en: "No mail has the task \(task.rawValue). Take an id from board mail list.")
    case .sharesAMail(let task):
      Phrase(
        sv: "\(task.rawValue) skickas i samma mejl som andra. board mail show visar vilket; använd det mejlets id.",
        en: "\(task.rawValue) is sent in one mail with others. board mail show tells which; use the id of that mail.")
    case .ownPair(let task):
      Phrase(
        sv: "Ingen handlägger sitt eget pars mejl. Be någon annan i styrelsen att se på \(task.rawValue).",
        en: "Nobody handles the mails of their own pair. Ask somebody else on the board to see to \(task.rawValue).")
    case .nothingToRetry(let task, let state):
      Phrase(
        sv: """
          \(task.rawValue) är \(WordTexts.mailState(state).sv). Det som har misslyckats, försöks igen eller har stoppats \
          kan skickas på nytt, och det som är sparat här när en mejlserver är inställd.
          """,
        en: """
          \(task.rawValue) is \(WordTexts.mailState(state).en). What has failed, is tried again or was stopped can be sent \
          anew, and what was kept here once a mail server is set.
          """)
    case .nothingToDiscard(let task, let state):
      Phrase(
        sv: "\(task.rawValue) är \(WordTexts.mailState(state).sv). Bara det som väntar på att skickas kan stoppas.",
        en: "\(task.rawValue) is \(WordTexts.mailState(state).en). Only what waits to be sent can be stopped.")
    case .unknownMember(let member):
      Phrase(
        sv: "Ingen adress har kommit från registret för \(member.rawValue). Ta ett id från board member list.",
        en: "No address has come from the register for \(member.rawValue). Take an id from board member list.")
    case .wrongTemplate(let line, let fault):
      Phrase(sv: "Rad \(line): \(fault.sentence.sv)", en: "Line \(line): \(fault.sentence.en)")
    case .notOptional(let kind, let optional):
      Phrase(
        sv: """
          \(kind.rawValue) är något som alla får veta. De som går att välja bort är \
          \(optional.map(\.rawValue).joined(separator: ", ")).
          """,
        en: """
          \(kind.rawValue) is something that everybody is told. What can be declined are \
          \(optional.map(\.rawValue).joined(separator: ", ")).
          """)
    case .unwritable(let why):
      Phrase(sv: "Något i mejlet går inte att skriva: \(why)", en: "Something in the mail can't be written: \(why)")
    }
  }
}
