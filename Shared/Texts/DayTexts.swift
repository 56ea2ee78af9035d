import Contracts

extension Day {
  /// The day as it is written in running text: 24 november 2026, 24 November 2026.
  public var inWords: Phrase {
    let sv = [
      "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
      "november", "december",
    ]
    let en = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    return Phrase(sv: "\(day) \(sv[month - 1]) \(year)", en: "\(day) \(en[month - 1]) \(year)")
  }
}
