/// The first thing that is wrong with a plan.
public enum PlanFlaw: Error, Hashable, Sendable {
  case noSuchPair(adept: String, mentor: String)
  case wrongScore(adept: String, mentor: String, filed: Int, given: Int)
  case forbidden(adept: String, mentor: String)
  case worthless(adept: String, mentor: String)
  case matchedTwice(adept: String)
  case tooManyAdepts(mentor: String)
  case lockedMissing(adept: String, mentor: String)
  case leftOut(adept: String)
  case wrongSums
  /// What the other objective's plan comes to is said and not proved.
  case unproved
  case noPrice(of: String)
  case negativePrice(of: String)
  case pricesTooLow(adept: String, mentor: String)
  case pricesDisagree
  /// Of a shortage: the adept can be matched with somebody else, too.
  case reachesMore(adept: String, mentor: String)
  case placesSuffice
}
