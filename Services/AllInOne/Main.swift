import BoardClient
import Contracts
import FollowUpService
import Foundation
import MatchingService
import MembershipService
import NotificationService
import ServiceRuntime

/// The four services and the board client as one program, for the image: each is a name that it is called by, as with
/// BusyBox, since every program carries Swift's library (60 MB) with it.
@main struct Main {
  static func main() async {
    let name = CommandLine.arguments[0].split(separator: "/").last ?? ""
    switch ServiceName(rawValue: String(name)) {
    case .membership: await ServiceHost.main { try Membership.service($0) }
    case .matching: await ServiceHost.main { try Matching.service($0) }
    case .followup: await ServiceHost.main { try FollowUp.service($0) }
    case .notification: await ServiceHost.main { try NotificationService.Notification.service($0) }
    case nil: exit(await BoardCommand.call(Array(CommandLine.arguments.dropFirst())))
    }
  }
}
