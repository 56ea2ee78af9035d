import Contracts

/// What matching refuses.
public enum MatchRefusal: Refusal, Hashable {
  case selfMatch(MemberID)
  /// Whoever asks is one of the two, or somebody whom what is known of them names. Which of these it is, is not told.
  case anotherMustHandle
  case unknownMember(Party, MemberID)
  case notMentor(MemberID)
  case notAdept(MemberID)
  case inactive(Party, MemberID)
  /// The same two already have a match that is open.
  case pairOpen(MatchID)
  case adeptMatched(MemberID, MatchID)
  case noCapacity(MemberID, capacity: Int, taken: Int)
  /// By what the competition rule has found.
  case blocked([Phrase])
  case reasonNeeded([Phrase])
  case responsibleIsParty
  /// Nobody who may match has a key of that name.
  case unknownResponsible
  /// Nothing is left to the board to decide.
  case nothingToDecide(MatchID)
  case unknownMatch(MatchID)
  case notOpen(MatchID, MatchState)

  public var code: String {
    switch self {
    case .selfMatch: "match/self-match"
    case .anotherMustHandle: "match/another-must-handle"
    case .unknownMember(.mentor, _): "match/unknown-mentor"
    case .unknownMember(.adept, _): "match/unknown-adept"
    case .notMentor: "match/not-a-mentor"
    case .notAdept: "match/not-an-adept"
    case .inactive(.mentor, _): "match/inactive-mentor"
    case .inactive(.adept, _): "match/inactive-adept"
    case .pairOpen: "match/pair-open"
    case .adeptMatched: "match/adept-matched"
    case .noCapacity: "match/no-capacity"
    case .blocked: "match/blocked"
    case .reasonNeeded: "match/reason-needed"
    case .responsibleIsParty: "match/responsible-is-party"
    case .unknownResponsible: "match/unknown-responsible"
    case .nothingToDecide: "match/nothing-to-decide"
    case .unknownMatch: "match/unknown"
    case .notOpen: "match/not-open"
    }
  }

  public var title: Phrase {
    switch self {
    case .selfMatch: Phrase(sv: "Mentor och adept är samma person", en: "Mentor and adept are the same person")
    case .anotherMustHandle:
      Phrase(sv: "Någon annan i styrelsen behöver handlägga paret", en: "Another board member must handle this pair")
    case .unknownMember(.mentor, _): Phrase(sv: "Mentorn finns inte", en: "There is no such mentor")
    case .unknownMember(.adept, _): Phrase(sv: "Adepten finns inte", en: "There is no such adept")
    case .notMentor: Phrase(sv: "Medlemmen är inte mentor", en: "The member is not a mentor")
    case .notAdept: Phrase(sv: "Medlemmen är inte adept", en: "The member is not an adept")
    case .inactive(.mentor, _): Phrase(sv: "Mentorn deltar inte just nu", en: "The mentor does not take part now")
    case .inactive(.adept, _): Phrase(sv: "Adepten deltar inte just nu", en: "The adept does not take part now")
    case .pairOpen: Phrase(sv: "Paret är redan föreslaget", en: "The pair is submitted already")
    case .adeptMatched: Phrase(sv: "Adepten har redan en mentor", en: "The adept has a mentor already")
    case .noCapacity: Phrase(sv: "Mentorn har ingen ledig plats", en: "The mentor has no place left")
    case .blocked: Phrase(sv: "Paret är spärrat av konkurrensregeln", en: "The competition rule blocks the pair")
    case .reasonNeeded: Phrase(sv: "Matchningen behöver ett skäl", en: "The match needs a reason")
    case .responsibleIsParty:
      Phrase(sv: "Den ansvariga är en av de två", en: "Whoever is responsible is one of the two")
    case .unknownResponsible:
      Phrase(sv: "Den ansvariga finns inte i styrelsen", en: "Whoever is responsible is not on the board")
    case .nothingToDecide: Phrase(sv: "Det finns inget att avgöra", en: "There is nothing to decide")
    case .unknownMatch: Phrase(sv: "Matchningen finns inte", en: "There is no such match")
    case .notOpen: Phrase(sv: "Matchningen är inte öppen", en: "The match is not open")
    }
  }

  public var detail: Phrase {
    switch self {
    case .selfMatch(let member):
      Phrase(
        sv: "\(member.rawValue) står som både mentor och adept. Ange två olika medlemmar.",
        en: "\(member.rawValue) is given as both mentor and adept. Give two different members.")
    case .anotherMustHandle:
      Phrase(
        sv: "Ingen handlägger ett par som de ingår i eller berörs av. Be någon annan i styrelsen att göra det.",
        en: "Nobody handles a pair that they are in or concerned by. Ask somebody else on the board to do it.")
    case .unknownMember(_, let member):
      Phrase(
        sv: "Ingen medlem har id \(member.rawValue). Ange ett id från board member list.",
        en: "No member has the id \(member.rawValue). Give an id from board member list.")
    case .notMentor(let member):
      Phrase(
        sv: "\(member.rawValue) är med enbart som adept. Ange en medlem med rollen mentor eller båda.",
        en: "\(member.rawValue) takes part as an adept only. Give a member with the role mentor or both.")
    case .notAdept(let member):
      Phrase(
        sv: "\(member.rawValue) är med enbart som mentor. Ange en medlem med rollen adept eller båda.",
        en: "\(member.rawValue) takes part as a mentor only. Give a member with the role adept or both.")
    case .inactive(_, let member):
      Phrase(
        sv:
          "\(member.rawValue) har pausat eller lämnat programmet. Ange en aktiv medlem, eller vänta tills pausen är slut.",
        en:
          "\(member.rawValue) has paused or left the programme. Give an active member, or wait until the pause is over."
      )
    case .pairOpen(let match):
      Phrase(
        sv:
          "De två har redan matchningen \(match.rawValue), som väntar på svar. Invänta svaren eller dra tillbaka den först.",
        en: "The two already have the match \(match.rawValue), which awaits answers. Await them, or withdraw it first.")
    case .adeptMatched(let adept, let match):
      Phrase(
        sv: "\(adept.rawValue) har \(match.rawValue), en öppen matchning eller ett pågående mentorskap. "
          + "En ny går att göra när den är avslutad.",
        en: "\(adept.rawValue) has \(match.rawValue), an open match or a running mentorship. "
          + "A new one can be made when that is over.")
    case .noCapacity(let mentor, let capacity, let taken):
      Phrase(
        sv: "\(mentor.rawValue) tar emot högst \(capacity) och \(taken) är upptagna, öppna matchningar medräknade. "
          + "Välj en annan mentor, eller vänta tills en plats blir ledig.",
        en: "\(mentor.rawValue) takes at most \(capacity) and \(taken) are taken, open matches included. "
          + "Choose another mentor, or wait until a place is free.")
    case .blocked(let evidence):
      MatchRefusal.list(evidence)
        + Phrase(
          sv: " Välj en annan mentor, eller rätta uppgifterna i registret om de är fel.",
          en: " Choose another mentor, or put the facts in the register right if they are wrong.")
    case .reasonNeeded(let evidence):
      MatchRefusal.list(evidence)
        + Phrase(
          sv: " Styrelsen avgör: ange ett skriftligt skäl med --reason.",
          en: " The board decides: give a written reason with --reason.")
    case .responsibleIsParty:
      Phrase(
        sv: "Ange någon annan i styrelsen med --responsible.", en: "Give somebody else on the board with --responsible."
      )
    case .unknownResponsible:
      Phrase(
        sv:
          "Ange med --responsible namnet på en nyckel med rollen chair eller coordinator, så som authorized-keys har det.",
        en: "Give with --responsible the name of a key with the role chair or coordinator, as authorized-keys has it.")
    case .nothingToDecide(let match):
      Phrase(
        sv: "Konkurrensregeln har inte funnit något om \(match.rawValue) som väntar på styrelsen.",
        en: "The competition rule has found nothing about \(match.rawValue) that awaits the board.")
    case .unknownMatch(let match):
      Phrase(
        sv: "Ingen matchning har id \(match.rawValue). Ange ett id från board match list.",
        en: "No match has the id \(match.rawValue). Give an id from board match list.")
    case .notOpen(let match, let state):
      Phrase(
        sv: "\(match.rawValue) \(MatchRefusal.words(state).sv). Bara en matchning som väntar på svar kan ändras.",
        en: "\(match.rawValue) \(MatchRefusal.words(state).en). Only a match that awaits answers can be changed.")
    }
  }

  private static func list(_ phrases: [Phrase]) -> Phrase {
    Phrase(sv: phrases.map(\.sv).joined(separator: " "), en: phrases.map(\.en).joined(separator: " "))
  }

  private static func words(_ state: MatchState) -> Phrase {
    switch state {
    case .submitted, .acceptedByMentor, .acceptedByAdept: Phrase(sv: "väntar på svar", en: "awaits answers")
    case .held: Phrase(sv: "väntar på styrelsens avgörande", en: "awaits the board's decision")
    case .active:
      Phrase(sv: "är ett pågående mentorskap, som kan avslutas", en: "is a running mentorship, which can be ended")
    case .declined: Phrase(sv: "har fått ett nej", en: "was declined")
    case .expired: Phrase(sv: "gick ut utan båda svaren", en: "expired without both answers")
    case .withdrawn: Phrase(sv: "är tillbakadragen", en: "was withdrawn")
    case .ended: Phrase(sv: "är avslutad", en: "is over")
    }
  }
}
