import Contracts

/// What the board client says about plans.
public enum PlanTexts {
  // MARK: About the commands

  public static let about = Phrase(
    sv: "Planer: ett förslag för alla på en gång, med bevis.", en: "Plans: a proposal for all at once, with a proof.")
  public static let aboutPropose = Phrase(
    sv: "Planerar, och skriver ut planen med bevis och förklaringar.",
    en: "Plans, and prints the plan with its proof and explanations.")
  public static let aboutVerify = Phrase(
    sv: "Kontrollerar en sparad plan (--json) mot poängen, utan att planera.",
    en: "Checks a saved plan (--json) against the scores, without planning.")
  public static let aboutWhyNot = Phrase(
    sv: "Säger varför ett par inte är med: vad det skulle kosta, eller vilken regel som hindrar det.",
    en: "Says why a pair is not in the plan: what it would cost, or which rule blocks it.")

  public static let aboutShow = Phrase(
    sv: "Visar ett utkast; det senaste om inget anges.", en: "Shows a draft; the latest where none is given.")
  public static let aboutEdit = Phrase(
    sv: "Ändrar ett par i ett utkast: låser, låser upp, stryker eller byter.",
    en: "Changes a pair in a draft: locks, unlocks, drops or swaps.")
  public static let aboutPublish = Phrase(
    sv: "Publicerar ett utkast, helt eller par för par: matchningarna skickas ut.",
    en: "Publishes a draft, whole or pair by pair: the matches are submitted.")
  public static let helpAgain = Phrase(
    sv: "Ett utkast vars låsta par ska stå kvar och vars strukna par inte ska föreslås.",
    en: "A draft whose locked pairs are to stand and whose dropped pairs are not to be proposed.")
  public static let helpDraft = Phrase(sv: "Utkastets id.", en: "The draft's id.")
  public static let helpChange = Phrase(
    sv: "lock låser paret, unlock låser upp, drop stryker det, swap byter mentorer med --with.",
    en: "lock, unlock or drop the pair, or swap mentors with --with.")
  public static let helpWith = Phrase(sv: "Den andra adepten i ett byte.", en: "The other adept of a swap.")
  public static let helpOnlyAdept = Phrase(sv: "Bara den här adeptens par.", en: "Only this adept's pair.")
  public static let draftHeadings = BoardTexts.headings(
    ["Adept", "Mentor", "Poäng", ""], ["Adept", "Mentor", "Score", ""])
  public static func draft(_ plan: String, _ pairs: Int, _ total: Int, version: Int) -> Phrase {
    let publish = "board plan publish \(plan) --seen \(version)"
    return Phrase(
      sv: "Utkast \(plan): \(pairs) par med \(total) poäng. Publicera med \(publish); beviset sparas med --json.",
      en: "Draft \(plan): \(pairs) pairs with a score of \(total). Publish with \(publish); --json saves the proof.")
  }
  public static let helpSeen = Phrase(
    sv: "Utkastets version som du har sett; har någon ändrat det sedan dess görs ingenting.",
    en: "The version of the draft that you have seen; if somebody has changed it since, nothing is done.")
  public static func published(_ count: Int, left: Int) -> Phrase {
    Phrase(
      sv: left == 0
        ? "\(count) matchningar är skickade." : "\(count) matchningar är skickade, \(left) kunde inte skickas:",
      en: left == 0 ? "\(count) matches are submitted." : "\(count) matches are submitted, \(left) could not be:")
  }
  public static let aboutWeights = Phrase(
    sv: "Skriver ut poängens vikter som en fil att ändra (--rules).",
    en: "Prints the weights of the scores as a file to edit (--rules).")

  // MARK: Help

  public static let helpOffline = Phrase(
    sv: "Planera från filer, utan tjänster.", en: "Plan from files, without services.")
  public static let helpMentors = Phrase(
    sv: "CSV-fil med mentorerna; kolumnerna visas av --columns.",
    en: "CSV file with the mentors; --columns shows the columns.")
  public static let helpAdepts = Phrase(
    sv: "CSV-fil med adepterna; kolumnerna visas av --columns.",
    en: "CSV file with the adepts; --columns shows the columns.")
  public static let helpRules = Phrase(
    sv: "JSON-fil med poängens vikter; board plan weights skriver ut den att börja från.",
    en: "JSON file with the weights of the scores; board plan weights prints the one to begin from.")
  public static let helpDay = Phrase(
    sv: "Dagen som väntetiden räknas till; i dag om den utelämnas.",
    en: "The day up to which waiting is counted; today if left out.")
  public static let helpColumns = Phrase(
    sv: "Visa vilka kolumner en fil med medlemmar kan ha.", en: "Show which columns a file of members may have.")
  public static let helpWeightsFile = Phrase(
    sv: "En fil att kontrollera; annars skrivs programmets egna vikter ut.",
    en: "A file to check; else the program's own weights are printed.")
  public static let helpInUse = Phrase(
    sv: "Visa de vikter som tjänsten använder.", en: "Show the weights that the service uses.")
  public static let helpUse = Phrase(
    sv: "Låt tjänsten använda filens vikter från och med nu.",
    en: "Have the service use the file's weights from now on.")
  public static let helpScores = Phrase(
    sv: "CSV-fil med kolumnerna adept, mentor och score; par som saknas kan inte matchas.",
    en: "CSV file with the columns adept, mentor and score; pairs that are absent can't be matched.")
  public static let helpCapacities = Phrase(
    sv: "CSV-fil med kolumnerna mentor och capacity; en plats där mentorn saknas.",
    en: "CSV file with the columns mentor and capacity; one place where the mentor is absent.")
  public static let helpObjective = Phrase(
    sv: "best-score: högst poäng. most-adepts: flest adepter, sedan högst poäng.",
    en: "best-score: the best score. most-adepts: most adepts, then the best score.")
  public static let helpRequireAll = Phrase(
    sv: "Den bästa planen som matchar alla adepter, eller vilka som har för få mentorer.",
    en: "The best plan that matches every adept, or who have too few mentors.")
  public static let helpLock = Phrase(
    sv: "Ett par som ska stå, ADEPT:MENTOR; kan ges flera gånger.",
    en: "A pair that must stand, ADEPT:MENTOR; may be given several times.")
  public static let helpForbid = Phrase(
    sv: "Ett par som inte får bildas, ADEPT:MENTOR; kan ges flera gånger.",
    en: "A pair that must not be made, ADEPT:MENTOR; may be given several times.")
  public static let helpAdept = Phrase(sv: "Adepten, som i filen.", en: "The adept, as in the file.")
  public static let helpMentor = Phrase(sv: "Mentorn, som i filen.", en: "The mentor, as in the file.")
  public static let helpFile = Phrase(sv: "Planen, sparad med --json.", en: "The plan, saved with --json.")
  public static let helpVerifyScores = Phrase(
    sv: "Poängen att kontrollera mot; annars filen som planen själv nämner.",
    en: "The scores to check against; else the file that the plan itself names.")

  // MARK: The plan

  public static let pairHeadings = BoardTexts.headings(
    ["Adept", "Mentor", "Poäng", "", ""], ["Adept", "Mentor", "Score", "", ""])
  public static let recruitHeadings = BoardTexts.headings(
    ["Ny mentor", "Med", "Hjälper", "En plats ger"], ["New mentor", "With", "Helps", "One place adds"])
  public static let unmatchedHeadings = BoardTexts.headings(
    ["Utan mentor", "Därför att"], ["Unmatched", "Because"])
  public static let objectiveHeadings = BoardTexts.headings(
    ["Mål", "Matchade", "Poäng"], ["Objective", "Matched", "Score"])
  public static let blockingHeadings = BoardTexts.headings(
    ["Hellre: adept", "Mentor", "Poäng"], ["Would rather: adept", "Mentor", "Score"])

  public static func objective(isBestScore: Bool) -> Phrase {
    isBestScore
      ? Phrase(sv: "högst poäng", en: "best score")
      : Phrase(sv: "flest adepter, sedan poäng", en: "most adepts, then score")
  }
  public static let locked = Phrase(sv: "låst", en: "locked")
  public static let inEveryPlan = Phrase(sv: "i varje bästa plan", en: "in every best plan")
  public static func orMentors(_ names: [String], orUnmatched: Bool) -> Phrase {
    let list = names.joined(separator: ", ")
    return Phrase(
      sv: "lika bra: " + (list + (orUnmatched ? (list.isEmpty ? "" : ", ") + "ingen" : "")),
      en: "as good: " + (list + (orUnmatched ? (list.isEmpty ? "" : ", ") + "nobody" : "")))
  }

  /// - Parameter reason: one of the planner's reasons.
  public static func unmatched(_ reason: String) -> Phrase {
    switch reason {
    case "no-scores": Phrase(sv: "ingen poäng med någon mentor", en: "no score with any mentor")
    case "forbidden":
      Phrase(
        sv: "alla möjliga par är förbjudna eller har fått nej", en: "all possible pairs are forbidden or declined")
    case "no-open-place":
      Phrase(
        sv: "ingen möjlig mentor har en plats som inte är låst", en: "no possible mentor has a place that is not locked"
      )
    case "worthless":
      Phrase(
        sv: "ingen poäng över noll; se --objective most-adepts", en: "no score above zero; see --objective most-adepts")
    default:
      Phrase(
        sv: "platserna ger mer med andra; se board plan why-not",
        en: "the places are worth more with others; see board plan why-not")
    }
  }

  public static func proven(_ matched: Int, _ total: Int) -> Phrase {
    Phrase(
      sv:
        "\(matched) par med \(total) poäng. Ingen plan är bättre; spara med --json och kontrollera med board plan verify.",
      en:
        "\(matched) pairs with a score of \(total). No plan is better; save with --json and check with board plan verify."
    )
  }
  public static func shortage(_ adepts: [String], _ mentors: [String], places: Int) -> Phrase {
    let (who, with) = (adepts.joined(separator: ", "), mentors.joined(separator: ", "))
    if adepts.count == 1, !mentors.isEmpty {
      return Phrase(
        sv: "Alla kan inte matchas: ingen av dem som är möjliga för \(who) har en ledig plats (\(with)).",
        en: "Not all can be matched: none of those possible for \(who) has an open place (\(with)).")
    }
    return Phrase(
      sv: mentors.isEmpty
        ? "Alla kan inte matchas: ingen mentor är möjlig för \(who)."
        : "Alla kan inte matchas: \(adepts.count) adepter (\(who)) har tillsammans bara \(places) lediga platser (\(with)).",
      en: mentors.isEmpty
        ? "Not all can be matched: no mentor is possible for \(who)."
        : "Not all can be matched: \(adepts.count) adepts (\(who)) together have only \(places) open places (\(with))."
    )
  }
  public static let shortageAdvice = Phrase(
    sv: "Lägg till platser eller par för dem, eller planera utan --require-all.",
    en: "Add places or pairs for them, or plan without --require-all.")

  public static let boardDecides = Phrase(sv: "styrelsen avgör", en: "the board decides")
  public static func blocked(_ count: Int, by rule: Phrase) -> Phrase {
    Phrase(
      sv: count == 1 ? "1 mentor spärrad: \(rule.sv)" : "\(count) mentorer spärrade: \(rule.sv)",
      en: count == 1 ? "1 mentor blocked: \(rule.en)" : "\(count) mentors blocked: \(rule.en)")
  }
  public static func like(_ mentor: String) -> Phrase {
    Phrase(sv: "som \(mentor)", en: "like \(mentor)")
  }
  public static func gain(adepts: Int, score: Int) -> Phrase {
    guard adepts != 0 else { return Phrase(sv: "\(score) poäng", en: "a score of \(score)") }
    return Phrase(
      sv: "\(adepts) matchad adept, \(score) poäng", en: "\(adepts) matched adept, a score of \(score)")
  }

  // MARK: Why not

  public static func isInPlan(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(sv: "\(adept) och \(mentor) är ett par i planen.", en: "\(adept) and \(mentor) are a pair in the plan.")
  }
  public static func noScore(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) har ingen poäng i filen och kan inte matchas.",
      en: "\(adept) and \(mentor) have no score in the file and can't be matched.")
  }
  public static func isBlocked(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) är spärrade av konkurrensregeln.",
      en: "\(adept) and \(mentor) are blocked by the competition rule.")
  }
  public static func isForbidden(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) är förbjudna (--forbid), eller så har en av dem tackat nej till paret.",
      en: "\(adept) and \(mentor) are forbidden (--forbid), or one of them has declined the pair.")
  }
  public static func lockedElsewhere(_ adept: String, _ other: String) -> Phrase {
    Phrase(sv: "\(adept) är låst till \(other) (--lock).", en: "\(adept) is locked to \(other) (--lock).")
  }
  public static func noOpenPlace(_ mentor: String) -> Phrase {
    Phrase(
      sv: "\(mentor) har ingen plats som inte är låst.", en: "\(mentor) has no place that is not locked.")
  }
  public static func costs(_ adept: String, _ mentor: String, adepts: Int, score: Int) -> Phrase {
    if adepts == 0 && score == 0 {
      return Phrase(
        sv: "\(adept) och \(mentor) kan bli ett par utan att det kostar något.",
        en: "\(adept) and \(mentor) can be made a pair at no cost.")
    }
    let fewer = adepts == 0 ? ("", "") : ("\(adepts) matchade adepter och ", "\(adepts) matched adepts and ")
    return Phrase(
      sv: "\(adept) och \(mentor) som par skulle kosta \(fewer.0)\(score) poäng.",
      en: "\(adept) and \(mentor) as a pair would cost \(fewer.1)a score of \(score).")
  }
  public static let moveHeadings = BoardTexts.headings(["Flyttas", "Från", "Till"], ["Moves", "From", "To"])
  public static let nobody = Phrase(sv: "ingen", en: "nobody")

  // MARK: Verification

  public static func holds(_ matched: Int, _ total: Int, scores: String) -> Phrase {
    Phrase(
      sv: "Planen håller mot \(scores): \(matched) par, \(total) poäng, och priserna bevisar att ingen är bättre.",
      en:
        "The plan holds against \(scores): \(matched) pairs, a score of \(total), and the prices prove that none is better."
    )
  }
  /// - Parameter objectives: at least one.
  public static func proved(_ objectives: [Phrase]) -> Phrase {
    let (sv, en) = (objectives.map(\.sv), objectives.map(\.en))
    return Phrase(
      sv: "Bevisat för " + (sv.count > 1 ? "båda målen: " : "målet: ") + sv.joined(separator: "; ") + ".",
      en: "Proved by " + (en.count > 1 ? "both objectives: " : "the objective: ") + en.joined(separator: "; ") + ".")
  }
  public static let provedForOthers = Phrase(
    sv: "Det gäller alla andra par än dina egna, vars poäng du inte får se: med dem som de är kan det inte bli bättre.",
    en: "It is so of all pairs but your own, whose scores you may not see: with those as they are it can't be better.")
  public static let changedSince = Phrase(
    sv: "Utkastet har ändrats sedan det föreslogs; bevisat är det som föreslogs.",
    en: "The draft has been changed since it was proposed; what is proved is what was proposed.")
  public static func scoresInFile(_ path: String) -> Phrase {
    Phrase(sv: "poängen i \(path)", en: "the scores in \(path)")
  }
  public static let flawUnproved = Phrase(
    sv: "det andra målets plan saknar par eller priser.", en: "the other objective's plan lacks its pairs or prices.")
  public static func rejected(_ reason: Phrase) -> Phrase {
    Phrase(sv: "Planen håller inte: \(reason.sv)", en: "The plan does not hold: \(reason.en)")
  }
  public static func notAPlan(_ path: String) -> Phrase {
    Phrase(
      sv:
        "\(path) är ingen plan med bevis. Spara en med board plan --json eller board plan --offline --scores FIL --json.",
      en:
        "\(path) is not a plan with a proof. Save one with board plan --json or board plan --offline --scores FILE --json."
    )
  }
  public static func draftWithoutProof(_ path: String) -> Phrase {
    Phrase(
      sv:
        "\(path) är ett utkast vars poäng inte finns kvar: någon i det är raderad, eller så är det gammalt. Gör ett nytt med board plan --again.",
      en:
        "\(path) is a draft whose scores are gone: somebody in it is erased, or it is old. Make a new one with board plan --again."
    )
  }
  public static func flawNoSuchPair(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(sv: "\(adept) och \(mentor) har ingen poäng.", en: "\(adept) and \(mentor) have no score.")
  }
  public static func flawWrongScore(_ adept: String, _ mentor: String, filed: Int, given: Int) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) har poängen \(given), inte \(filed).",
      en: "\(adept) and \(mentor) have the score \(given), not \(filed).")
  }
  public static func flawWorthless(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) har ingen poäng över noll och är inte låsta.",
      en: "\(adept) and \(mentor) have no score above zero and are not locked.")
  }
  public static func flawMatchedTwice(_ adept: String) -> Phrase {
    Phrase(sv: "\(adept) har två mentorer.", en: "\(adept) has two mentors.")
  }
  public static func flawTooManyAdepts(_ mentor: String) -> Phrase {
    Phrase(sv: "\(mentor) har fler adepter än platser.", en: "\(mentor) has more adepts than places.")
  }
  public static func flawLockedMissing(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(sv: "\(adept) och \(mentor) är låsta men inget par.", en: "\(adept) and \(mentor) are locked but no pair.")
  }
  public static func flawLeftOut(_ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) är inte matchad fast alla skulle vara det.",
      en: "\(adept) is unmatched though all were to be matched.")
  }
  public static let flawWrongSums = Phrase(
    sv: "antalet par eller summan av poängen stämmer inte.",
    en: "the number of pairs or the sum of the scores is wrong.")
  public static func flawNoPrice(_ id: String) -> Phrase {
    Phrase(sv: "priset för \(id) saknas.", en: "the price of \(id) is missing.")
  }
  public static func flawNegativePrice(_ id: String) -> Phrase {
    Phrase(sv: "priset för \(id) är under noll.", en: "the price of \(id) is below zero.")
  }
  public static func flawPricesTooLow(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "priserna för \(adept) och \(mentor) når inte upp till parets poäng.",
      en: "the prices of \(adept) and \(mentor) do not reach the pair's score.")
  }
  public static func flawReachesMore(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) kan matchas med \(mentor), som inte räknas bland dem med för få platser.",
      en: "\(adept) can be matched with \(mentor), who is not counted among those with too few places.")
  }
  public static let flawPlacesSuffice = Phrase(
    sv: "adepterna är inte fler än platserna.", en: "the adepts are no more than the places.")
  public static func shortageHolds(_ adepts: [String], scores: String) -> Phrase {
    Phrase(
      sv:
        "Det stämmer mot \(scores): \(adepts.count) adepter har tillsammans för få platser, så ingen plan matchar alla.",
      en: "It holds against \(scores): \(adepts.count) adepts together have too few places, so no plan matches all.")
  }
  public static let flawPricesDisagree = Phrase(
    sv: "priserna är tillsammans inte vad planen är värd, så en bättre kan finnas.",
    en: "the prices together are not what the plan is worth, so there may be a better one.")

  // MARK: What is refused

  public static let needsOffline = Phrase(
    sv: "Filer, --day och --require-all hör till --offline; utan dem planerar tjänsten dem som väntar där.",
    en: "Files, --day and --require-all belong to --offline; without them the service plans for those who wait there.")
  public static func badPair(_ option: String, _ value: String) -> Phrase {
    Phrase(
      sv: "\(option) är \"\(value)\"; det som tas emot är ADEPT:MENTOR, båda som id eller e-postadress.",
      en: "\(option) is \"\(value)\"; what is accepted is ADEPT:MENTOR, both as id or e-mail address.")
  }
  public static let needsFiles = Phrase(
    sv: "Ge antingen --mentors FIL och --adepts FIL, eller --scores FIL.",
    en: "Give either --mentors FILE and --adepts FILE, or --scores FILE.")
  public static let capacitiesWithPeople = Phrase(
    sv: "--capacities hör till --scores; i en fil med mentorer står platserna i en kolumn.",
    en: "--capacities belongs to --scores; a file of mentors has the places in a column.")
  public static let rulesWithScores = Phrase(
    sv: "--rules hör till --mentors och --adepts; med --scores är poängen redan givna.",
    en: "--rules belongs to --mentors and --adepts; with --scores the scores are given.")
  public static func fault(_ path: String, line: Int, _ column: Phrase, _ reason: Phrase) -> Phrase {
    Phrase(
      sv: "\(path), rad \(line), \(column.sv): \(reason.sv)", en: "\(path), line \(line), \(column.en): \(reason.en)")
  }
  public static func samePerson(_ name: String) -> Phrase {
    Phrase(sv: "\(name) är samma person; ange två olika.", en: "\(name) is the same person; give two.")
  }
  public static func nobodyInFile(_ path: String) -> Phrase {
    Phrase(
      sv: "\(path) har ingen med den rollen; kolumnen Roll tar mentor, adept eller båda.",
      en: "\(path) has nobody with that role; the column Role takes mentor, adept or both.")
  }
  public static func missingColumns(_ path: String, _ columns: [String]) -> Phrase {
    let list = columns.joined(separator: ", ")
    return Phrase(
      sv: "\(path) saknar någon av kolumnerna \(list) i första raden, eller har den två gånger.",
      en: "\(path) lacks one of the columns \(list) in its first line, or has it twice.")
  }
  public static func emptyName(_ path: String, line: Int, _ column: String) -> Phrase {
    Phrase(
      sv: "\(path), rad \(line): \(column) är tom; skriv ett namn eller id.",
      en: "\(path), line \(line): \(column) is empty; write a name or id.")
  }
  public static func notANumber(_ path: String, line: Int, _ column: String, _ value: String, most: Int) -> Phrase {
    // What somebody has pasted into a cell by mistake may be long.
    let value = value.count > 40 ? value.prefix(40) + "…" : value[...]
    let (sv, en) = column == "score" ? ("från -\(most) ", "from -\(most) ") : ("från 0 ", "from 0 ")
    return Phrase(
      sv: "\(path), rad \(line): \(column) är \"\(value)\"; det som tas emot är ett heltal \(sv)till \(most).",
      en: "\(path), line \(line): \(column) is \"\(value)\"; what is accepted is a whole number \(en)to \(most).")
  }
  public static func repeatedPair(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "Paret \(adept) och \(mentor) står två gånger bland poängen; behåll en rad.",
      en: "The pair \(adept) and \(mentor) stands twice among the scores; keep one line.")
  }
  public static func repeatedMentor(_ path: String, line: Int, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(path), rad \(line): \(mentor) står två gånger; behåll en rad.",
      en: "\(path), line \(line): \(mentor) stands twice; keep one line.")
  }
  public static let tooLarge = Phrase(
    sv: "Fler än 400 000 platser med så höga poäng ryms inte; minska poängen, till exempel till tusendelar.",
    en: "More than 400,000 places with such high scores do not fit; make the scores smaller, such as thousandths.")
  public static func unknownPair(_ option: String, _ value: String) -> Phrase {
    Phrase(
      sv: "\(option) är \"\(value)\"; det som tas emot är ADEPT:MENTOR, båda som i filerna.",
      en: "\(option) is \"\(value)\"; what is accepted is ADEPT:MENTOR, both as in the files.")
  }
  public static func unknownPerson(_ name: String) -> Phrase {
    Phrase(
      sv: "\(name) finns inte i filerna; ange namnet så som det står där.",
      en: "\(name) is not in the files; give the name as it stands there.")
  }
  public static func lockedWithoutScore(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) kan inte låsas: paret har ingen poäng. Lägg till den i filen.",
      en: "\(adept) and \(mentor) can't be locked: the pair has no score. Add it to the file.")
  }
  public static func lockedAndForbidden(_ adept: String, _ mentor: String) -> Phrase {
    Phrase(
      sv: "\(adept) och \(mentor) är både låsta och förbjudna; ta bort --lock eller --forbid.",
      en: "\(adept) and \(mentor) are both locked and forbidden; drop --lock or --forbid.")
  }
  public static func lockedTwice(_ adept: String) -> Phrase {
    Phrase(
      sv: "\(adept) är låst till två mentorer; behåll ett --lock.",
      en: "\(adept) is locked to two mentors; keep one --lock.")
  }
  public static func lockedBeyondPlaces(_ mentor: String, places: Int) -> Phrase {
    Phrase(
      sv: "Fler är låsta till \(mentor) än de \(places) platserna; ta bort ett --lock eller höj kapaciteten.",
      en: "More are locked to \(mentor) than the \(places) places; drop a --lock or raise the capacity.")
  }
}
