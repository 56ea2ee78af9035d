import Contracts
import ServiceRuntime
import Store

/// TODO
public enum Membership {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    ServiceDefinition(name: .membership, migrations: [], handlers: Handlers())
  }
}
