import Contracts

/// The score of a pair: a sum of named parts, in whole numbers.
public struct PairScore: Sendable {
  let mentor: ScoreFacts
  let adept: ScoreFacts
  let weights: ScoreWeights

  public init(mentor: ScoreFacts, adept: ScoreFacts, weights: ScoreWeights) {
    self.mentor = mentor
    self.adept = adept
    self.weights = weights
  }

  public var total: Int {
    var total = 0
    each { points, _ in total += points }
    return total
  }

  /// The parts and the points that each gives; they add up to the total.
  public var lines: [(part: ScorePart, points: Int)] {
    var lines: [(part: ScorePart, points: Int)] = []
    each { points, part in lines.append((part(), points)) }
    return lines
  }

  /// The sum and its account are made by the same steps, so that they can't differ.
  @inline(__always)
  private func each(_ add: (_ points: Int, _ part: @autoclosure () -> ScorePart) -> Void) {
    for (index, topic) in adept.wants.enumerated() where mentor.offers.contains(topic) {
      add(weights.topics[min(index, weights.topics.count - 1)], .topic(topic, rank: index + 1))
    }
    if let forms = mentor.forms.flatMap({ forms in adept.forms.map(forms.intersection) }), !forms.isEmpty {
      add(weights.sharedForm, .forms(forms.elements))
      if forms.contains(.inPerson) { addMeeting(add) }
    }
    if let theirs = mentor.languages, let languages = adept.languages {
      if languages.contains(where: theirs.contains) {
        add(weights.sharedLanguage, .languages(languages.filter(theirs.contains)))
      } else {
        add(weights.noSharedLanguage, .noSharedLanguage)
      }
    }
    let years = mentor.years - adept.years
    if years > 0 { add(weights.perYear * min(years, weights.yearsAtMost), .experience(years: years)) }
    if let sectors = mentor.sectors.flatMap({ sectors in adept.sectors.map(sectors.intersection) }), !sectors.isEmpty {
      add(weights.perSector * min(sectors.count, weights.sectorsAtMost), .sectors(sectors.elements))
    }
    if adept.wishes.contains(mentor.member) { add(weights.adeptWishes, .wish(by: .adept)) }
    if mentor.wishes.contains(adept.member) { add(weights.mentorWishes, .wish(by: .mentor)) }
    if adept.monthsWaited > 0 {
      add(weights.perMonthWaited * min(adept.monthsWaited, weights.monthsAtMost), .waited(months: adept.monthsWaited))
    }
    if adept.isReturning { add(weights.returning, .returning) }
  }

  /// They can meet where the distance is no more than both travel together.
  @inline(__always)
  private func addMeeting(_ add: (_ points: Int, _ part: @autoclosure () -> ScorePart) -> Void) {
    if mentor.isProtected || adept.isProtected { return add(0, .distanceUnused) }
    guard let here = mentor.point, let there = adept.point else { return }
    let kilometres = Kommun.kilometres(here, there)
    if let one = mentor.travels, let other = adept.travels, one + other < kilometres {
      return add(0, .distance(kilometres: kilometres))
    }
    let near = max(0, weights.meetingWithinKm - kilometres)
    add(weights.meeting * near / weights.meetingWithinKm, .distance(kilometres: kilometres))
  }
}
