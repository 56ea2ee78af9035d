import Contracts

/// What matching refuses of drafts.
public enum PlanRefusal: Refusal, Hashable {
  case unknown(PlanID)
  case none
  case notInPlan(MemberID, PlanID)
  case published(MemberID)
  case swapNeedsTwo
  case cannotSwap(mentor: MemberID, adept: MemberID)
  case tooMany(pairs: Int, maximum: Int)
  case impossible
  case weights([WeightFault])
  case oldWeights(version: Int, latest: Int)

  public var code: String {
    switch self {
    case .unknown: "plan/unknown"
    case .none: "plan/none"
    case .notInPlan: "plan/not-in-plan"
    case .published: "plan/published"
    case .swapNeedsTwo: "plan/swap-needs-two"
    case .cannotSwap: "plan/cannot-swap"
    case .tooMany: "plan/too-many"
    case .impossible: "plan/impossible"
    case .weights: "plan/weights"
    case .oldWeights: "plan/old-weights"
    }
  }

  public var title: Phrase {
    switch self {
    case .unknown: Phrase(sv: "Utkastet finns inte", en: "There is no such draft")
    case .none: Phrase(sv: "Det finns inget utkast", en: "There is no draft")
    case .notInPlan: Phrase(sv: "Adepten har inget par i utkastet", en: "The adept has no pair in the draft")
    case .published: Phrase(sv: "Paret är redan publicerat", en: "The pair is published already")
    case .swapNeedsTwo: Phrase(sv: "Ett byte behöver två adepter", en: "A swap needs two adepts")
    case .cannotSwap: Phrase(sv: "De kan inte byta", en: "They can't swap")
    case .tooMany: Phrase(sv: "Det är för många på en gång", en: "There are too many at once")
    case .weights: Phrase(sv: "Vikterna kan inte läsas", en: "The weights can't be read")
    case .oldWeights: Phrase(sv: "Vikterna har ett gammalt nummer", en: "The weights have an old version")
    case .impossible: Phrase(sv: "De låsta paren går inte ihop", en: "The locked pairs can't all stand")
    }
  }

  public var detail: Phrase {
    switch self {
    case .unknown(let plan):
      Phrase(
        sv: "Inget utkast har id \(plan.rawValue). Ange ett id från board plan show.",
        en: "No draft has the id \(plan.rawValue). Give an id from board plan show.")
    case .none: Phrase(sv: "Gör ett med board plan.", en: "Make one with board plan.")
    case .notInPlan(let adept, let plan):
      Phrase(
        sv: "\(adept.rawValue) står inte i \(plan.rawValue), eller är struken. Ange en adept från board plan show.",
        en: "\(adept.rawValue) is not in \(plan.rawValue), or was dropped. Give an adept from board plan show.")
    case .published(let adept):
      Phrase(
        sv: "\(adept.rawValue) har redan fått sin matchning ur utkastet. Dra tillbaka den för att ändra.",
        en: "\(adept.rawValue) has a match from the draft already. Withdraw it to change it.")
    case .swapNeedsTwo: Phrase(sv: "Ange den andra adepten med --with.", en: "Give the other adept with --with.")
    case .cannotSwap(let mentor, let adept):
      Phrase(
        sv: "\(mentor.rawValue) och \(adept.rawValue) kan inte bli ett par; board match explain säger varför.",
        en: "\(mentor.rawValue) and \(adept.rawValue) can't be a pair; board match explain says why.")
    case .tooMany(let pairs, let maximum):
      Phrase(
        sv: "\(pairs) möjliga par; tjänsten planerar högst \(maximum). Planera från filer med --offline.",
        en: "\(pairs) possible pairs; the service plans at most \(maximum). Plan from files with --offline.")
    case .weights(let faults):
      Phrase(
        sv: faults.map(\.phrase.sv).joined(separator: " "), en: faults.map(\.phrase.en).joined(separator: " "))
    case .oldWeights(let version, let latest):
      Phrase(
        sv: "Filens version är \(version) och den som gäller \(latest). Ge filen ett högre nummer.",
        en: "The file's version is \(version) and the one that counts is \(latest). Give the file a higher one.")
    case .impossible:
      Phrase(
        sv: "Uppgifter har ändrats sedan de låstes: lås upp ett par, eller planera om från början.",
        en: "Facts have changed since they were locked: unlock a pair, or plan anew from the beginning.")
    }
  }
}
