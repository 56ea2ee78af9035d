/// What a file says that no plan matches everybody: adepts who together have too few mentors.
public struct ShortageFile: Decodable, Sendable {
  public struct Shortage: Decodable, Sendable {
    public let adepts: [String]
    public let mentors: [String]
  }
  public let locked: [PlanFile.Pair]
  public let forbidden: [PlanFile.Pair]
  public let shortage: Shortage
}

/// Checks a shortage (Hall 1935): that the adepts can be matched with these mentors alone, and are more than the places
/// that no locked pair takes.
public func check(_ file: ShortageFile, scores: [String: [String: Int]], places: [String: Int]) throws(PlanFlaw) {
  let (mentors, forbidden) = (Set(file.shortage.mentors), Set(file.forbidden))
  let adepts = Set(file.shortage.adepts).subtracting(file.locked.map(\.adept))
  for adept in adepts {
    guard let row = scores[adept] else { throw .leftOut(adept: adept) }
    for mentor in row.keys where !mentors.contains(mentor) {
      guard forbidden.contains(PlanFile.Pair(adept: adept, mentor: mentor)) else {
        throw .reachesMore(adept: adept, mentor: mentor)
      }
    }
  }
  let all = mentors.reduce(Int128(0)) { $0 + Int128(places[$1] ?? 1) }
  let taken = file.locked.count { mentors.contains($0.mentor) }
  guard Int128(adepts.count) > all - Int128(taken) else { throw .placesSuffice }
}
