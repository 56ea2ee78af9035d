import Contracts

/// What matching refuses of drafts.
public enum PlanRefusal: Refusal, Hashable {
  case unknown(PlanID)
  case none
  case notInPlan(MemberID, PlanID)
  case published(MemberID)
  /// Somebody has changed it since.
  case changed(PlanID, version: Int)
  case swapNeedsTwo
  case cannotSwap(mentor: MemberID, adept: MemberID)
  /// The adept does not wait, the mentor has no place, or the competition rule blocks them.
  case cannotLock(mentor: MemberID, adept: MemberID)
  case notWaiting(mentor: MemberID, adept: MemberID)
  case wantsNone(MemberID)
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
    case .changed: "plan/changed"
    case .swapNeedsTwo: "plan/swap-needs-two"
    case .cannotSwap: "plan/cannot-swap"
    case .cannotLock: "plan/cannot-lock"
    case .notWaiting: "plan/not-waiting"
    case .wantsNone: "plan/wants-none"
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
    case .changed: Phrase(sv: "Utkastet har ändrats", en: "The draft has changed")
    case .swapNeedsTwo: Phrase(sv: "Ett byte behöver två adepter", en: "A swap needs two adepts")
    case .cannotSwap: Phrase(sv: "De kan inte byta", en: "They can't swap")
    case .cannotLock: Phrase(sv: "Paret kan inte låsas", en: "The pair can't be locked")
    case .notWaiting: Phrase(sv: "De planeras inte nu", en: "They are not planned for now")
    case .wantsNone: Phrase(sv: "Adepten vill inte ha någon ny mentor", en: "The adept wants no new mentor")
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
    case .changed(let plan, let version):
      Phrase(
        sv:
          "Någon har ändrat \(plan.rawValue), som nu är version \(version). Se efter med board plan show, och försök igen.",
        en:
          "Somebody has changed \(plan.rawValue), which is version \(version) now. Look with board plan show, and try again."
      )
    case .swapNeedsTwo:
      Phrase(
        sv: "Ange den andra adepten, som inte är samma, med --with.",
        en: "Give the other adept, who is not the same, with --with.")
    case .cannotSwap(let mentor, let adept):
      Phrase(
        sv: "\(mentor.rawValue) och \(adept.rawValue) kan inte bli ett par; board match explain säger varför.",
        en: "\(mentor.rawValue) and \(adept.rawValue) can't be a pair; board match explain says why.")
    case .cannotLock(let mentor, let adept):
      Phrase(
        sv: "\(mentor.rawValue) och \(adept.rawValue) kan inte bli ett par nu: adepten väntar inte, mentorn har ingen "
          + "ledig plats, eller regeln spärrar dem; board match explain säger vilket.",
        en: "\(mentor.rawValue) and \(adept.rawValue) can't be a pair now: the adept does not wait, the mentor has no "
          + "open place, or the rule blocks them; board match explain says which.")
    case .notWaiting(let mentor, let adept):
      Phrase(
        sv: "Antingen väntar \(adept.rawValue) inte på en mentor, eller så har \(mentor.rawValue) ingen ledig plats. "
          + "Ange en adept utan öppen matchning och en mentor ur board match places.",
        en: "Either \(adept.rawValue) does not wait for a mentor, or \(mentor.rawValue) has no open place. "
          + "Give an adept without an open match and a mentor from board match places.")
    case .wantsNone(let adept):
      Phrase(
        sv: "\(adept.rawValue) har tackat nej till en ny mentor och planeras inte. Har personen ändrat sig: lämna in "
          + "paret med board match submit, så får båda svara.",
        en: "\(adept.rawValue) has said no to a new mentor and is not planned. If the person has thought again: submit "
          + "the pair with board match submit, and both can answer.")
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
