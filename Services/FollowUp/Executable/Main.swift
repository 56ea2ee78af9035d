import FollowUpService
import ServiceRuntime

@main struct Main {
  static func main() async {
    await ServiceHost.main { try FollowUp.service($0) }
  }
}
