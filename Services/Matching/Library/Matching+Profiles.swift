import Contracts
import ServiceRuntime

extension Matching {
  static func keepProfile(_ profile: Profile, _ context: Context) throws -> DeliveryOutcome {
    try Profiles.keep(context.db, profile)
    return .done
  }
}
