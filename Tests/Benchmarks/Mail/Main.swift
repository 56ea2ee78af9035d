import Contracts
import Foundation
import NotificationService
import ServiceRuntime
import TestSupport

/// The real notifier with so many mails that wait, handed to a mail server on this machine: PORT COUNT. Prints one line of
/// JSON: mails a second, and memory before and at most while they went.
@main struct Main {
  static func main() async throws {
    guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else { exit(2) }
    try await measure(count, port: CommandLine.arguments[1])
  }

  nonisolated private static func measure(_ count: Int, port: String) async throws {
    let environment = [
      "HANDSLAG_SMTP_SERVER": "smtp://127.0.0.1:\(port)", "HANDSLAG_SMTP_TLS": "off",
      "HANDSLAG_SMTP_PER_MINUTE": "0", "HANDSLAG_SMTP_AT_ONCE": "8", "HANDSLAG_DIGEST_MINUTES": "0",
      // The harness's calendar begins at six: all wait until it shows seven.
      "HANDSLAG_QUIET_HOURS": "21-7",
    ]
    let harness = try await ServiceHarness(.notification) { given in
      var options = ServiceOptions(environment: environment)
      options.state = given.state
      return try NotificationService.Notification.service(options)
    }
    let names = ["Åsa Öberg", "Bo Ek"]
    let members = names.indices.map { MemberID(unchecked: "m-\($0)") }
    for (member, name) in zip(members, names) {
      try await harness.deliver(
        AddressChanged(
          member: member, name: PersonName(unchecked: name),
          email: EmailAddress(unchecked: "\(member.rawValue)@example.se"),
          language: .sv), from: .membership)
    }
    for start in stride(from: 0, to: count, by: 100) {
      let tasks = (start..<min(start + 100, count)).map { number in
        let id = "p-\(number)-welcome"
        return (
          id: id,
          message: TellMember(
            task: TaskID(unchecked: id), kind: .welcome, to: members[0], about: members[1], party: .mentor,
            mentorship: MentorshipID(unchecked: "p-\(number)")) as any Contract
        )
      }
      _ = try await harness.deliver(tasks, from: .followup, key: "p")
    }
    _ = try await harness.status { $0.due.rawValue == 0 }
    let before = memory("VmRSS")
    let began = ContinuousClock.now
    _ = try await harness.command(AdvanceCalendar(to: Day(2026, 9, 1)!.at(hour: 7)))
    while try await harness.ask(GetStatus()).due.rawValue > 0 { try await Task.sleep(for: .milliseconds(20)) }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let sent = try await harness.ask(GetMailDelivery()).mails(.sent)
    let report = [
      "perSecond": Double(sent) / seconds, "sent": Double(sent), "before": before, "peakMB": memory("VmHWM"),
    ]
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    await harness.stop()
  }

  /// A line of what the kernel says of this process, in MB.
  nonisolated private static func memory(_ name: String) -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
  }
}
