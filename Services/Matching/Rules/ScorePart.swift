import Contracts
import Texts

/// One line of a score: what two people have in common.
public enum ScorePart: Sendable, Hashable {
  /// By the adept's ranking, from 1.
  case topic(Topic, rank: Int)
  case forms([ContactForm])
  /// Between the two, where both would meet in person.
  case distance(kilometres: Int)
  /// The same where it may not be used: one of the two has protected identity.
  case distanceUnused
  case languages([SpokenLanguage])
  case noSharedLanguage
  /// How many years more the mentor has in the role.
  case experience(years: Int)
  case sectors([Sector])
  case wish(by: Party)
  case waited(months: Int)
  case returning

  /// The name that scripts know it by.
  public var name: String {
    switch self {
    case .topic: "topic"
    case .forms: "forms"
    case .distance, .distanceUnused: "distance"
    case .languages, .noSharedLanguage: "language"
    case .experience: "experience"
    case .sectors: "sectors"
    case .wish(.adept): "adept-wishes"
    case .wish(.mentor): "mentor-wishes"
    case .waited: "waited"
    case .returning: "returning"
    }
  }

  public var phrase: Phrase {
    switch self {
    case .topic(let topic, let rank): ScoreTexts.topic(WordTexts.topic(topic), rank: rank)
    case .forms(let forms): ScoreTexts.forms(forms.map(WordTexts.form))
    case .distance(let kilometres): ScoreTexts.distance(kilometres)
    case .distanceUnused: ScoreTexts.distanceUnused
    case .languages(let languages): ScoreTexts.languages(languages.map(SpokenLanguageTexts.name))
    case .noSharedLanguage: ScoreTexts.noSharedLanguage
    case .experience(let years): ScoreTexts.experience(years)
    case .sectors(let sectors): ScoreTexts.sectors(sectors.map(WordTexts.sector))
    case .wish(let party): ScoreTexts.wish(by: party)
    case .waited(let months): ScoreTexts.waited(months)
    case .returning: ScoreTexts.returning
    }
  }
}
