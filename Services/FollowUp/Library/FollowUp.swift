import Contracts
import ServiceRuntime
import Store

/// TODO
public enum FollowUp {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    ServiceDefinition(name: .followup, migrations: [], handlers: Handlers())
  }
}
