import MembershipService
import ServiceRuntime

@main struct Main {
  static func main() async {
    await ServiceHost.main { try Membership.service($0) }
  }
}
