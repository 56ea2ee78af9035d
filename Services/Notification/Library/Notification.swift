import Contracts
import ServiceRuntime
import Store

/// TODO
public enum Notification {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    ServiceDefinition(name: .notification, migrations: [], handlers: Handlers())
  }
}
