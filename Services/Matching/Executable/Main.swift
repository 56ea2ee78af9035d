import MatchingService
import ServiceRuntime

@main struct Main {
  static func main() async {
    await ServiceHost.main { try Matching.service($0) }
  }
}
