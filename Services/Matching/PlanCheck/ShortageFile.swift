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

/// Checks a shortage (Hall 1935): that the locked pairs are possible, and that the other adepts can be matched with these
/// mentors alone and are more than the places that no locked pair takes.
public func check(_ file: ShortageFile, scores: [String: [String: Int]], places: [String: Int]) throws(PlanFlaw) {
  let (mentors, locked, forbidden) = (Set(file.shortage.mentors), Set(file.locked), Set(file.forbidden))
  var (settled, taken) = (Set<String>(), [String: Int]())
  for pair in locked {
    let (adept, mentor) = (pair.adept, pair.mentor)
    guard scores[adept]?[mentor] != nil else { throw .noSuchPair(adept: adept, mentor: mentor) }
    guard !forbidden.contains(pair) else { throw .forbidden(adept: adept, mentor: mentor) }
    guard settled.insert(adept).inserted else { throw .matchedTwice(adept: adept) }
    taken[mentor, default: 0] += 1
    guard taken[mentor]! <= places[mentor] ?? 1 else { throw .tooManyAdepts(mentor: mentor) }
  }
  let adepts = Set(file.shortage.adepts).subtracting(settled)
  for adept in adepts {
    guard let row = scores[adept] else { throw .leftOut(adept: adept) }
    for mentor in row.keys where !mentors.contains(mentor) {
      guard forbidden.contains(PlanFile.Pair(adept: adept, mentor: mentor)) else {
        throw .reachesMore(adept: adept, mentor: mentor)
      }
    }
  }
  let free = mentors.reduce(Int128(0)) { $0 + Int128(places[$1] ?? 1) - Int128(taken[$1] ?? 0) }
  guard Int128(adepts.count) > free else { throw .placesSuffice }
}
