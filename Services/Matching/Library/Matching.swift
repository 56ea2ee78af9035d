import Contracts
import ServiceRuntime
import Store

/// TODO
public enum Matching {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    ServiceDefinition(name: .matching, migrations: [], handlers: Handlers())
  }
}
