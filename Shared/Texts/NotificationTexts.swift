/// Why notification refuses a request.
public enum NotificationRefusal: Refusal {
  case unknownPage

  public var code: String {
    switch self {
    case .unknownPage: "mail/unknown-page"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknownPage: Phrase(sv: "Sidan finns inte", en: "There is no such page")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknownPage:
      Phrase(
        sv: "Värdet i after kommer inte från en tidigare sida. Ta next från den förra sidan, eller utelämna after.",
        en: "The value of after does not come from an earlier page. Take next from the page before, or leave after out."
      )
    }
  }
}
