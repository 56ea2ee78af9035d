import Contracts

extension Script {
  /// What somebody answers to a mail that asks, without thinking long: nil where they leave it.
  ///
  /// - Parameter about: tells the mail from others to the same person.
  func answer(to choices: Set<Answer>, pair: Int, party: Party, about: String) -> Answer? {
    guard let story = stories[pair] else { return nil }
    // The same for the same mail, whatever else has happened.
    let mixed = about.utf8.reduce(seed &+ UInt64(pair) << 8) { ($0 &* 31) &+ UInt64($1) }
    var random = SeededGenerator(seed: mixed)
    let chance = Int.random(in: 0..<12, using: &random)
    if choices.contains(.accept) { return invitedByMail.contains(pair) ? .accept : nil }
    if choices.contains(.rating1) {
      return chance < 2 ? nil : [.rating3, .rating4, .rating4, .rating5, .rating5].randomElement(using: &random)
    }
    if choices.contains(.recommended) { return story.isByMail && party == .adept ? .recommended : nil }
    if choices.contains(.discuss) { return story == .discusses ? .discuss : .confirm }
    if choices.contains(.goOn) {
      return story == .thinksAgain ? .end : story == .restsByAdept ? .rest : .goOn
    }
    if choices.contains(.undo) { return story == .thinksAgain || story == .losesPlace ? .undo : nil }
    if choices.contains(.newMentor) {
      return story == .regretsLate || story != .parts && chance < 6 ? .newMentor : .noThanks
    }
    guard story.isByMail, choices.contains(.metVideo) else { return nil }
    if about == "check-in-2" {
      switch (story, party) {
      case (.thinksAgain, .adept), (.restsByAdept, .adept): return .wantToEnd
      case (.asksForHelp, .adept): return .needHelp
      case (.disagrees, _): return party == .mentor ? .metVideo : .notYet
      default: break
      }
    }
    guard choices.contains(.notYet) else { return nil }
    return switch chance {
    case 0..<5: .metVideo
    case 5: .metInPerson
    case 6: .metPhone
    case 7, 8: .notYet
    default: nil
    }
  }
}
