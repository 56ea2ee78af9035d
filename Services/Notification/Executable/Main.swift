import NotificationService
import ServiceRuntime

@main struct Main {
  static func main() async {
    await ServiceHost.main { try Notification.service($0) }
  }
}
