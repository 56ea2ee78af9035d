import Messaging

/// Who tells whom what. Everything that is delivered between services stands here.
///
/// ```
///                 MemberRegistered, MemberChanged
///   membership ───────────────────────────────────▶ matching
///       │                                            │   ▲
///       │ AddressChanged      MatchSubmitted, Accepted│   │ MentorshipEnded
///       │                     MatchActivated, Closed  │   │ MentorshipCompleted
///       │                              PlaceReclaimed │   │ InvitationAnswered, ReclaimPlace
///       │   MatchHeld, ConflictFound, ConflictCleared │   │
///       │                                 TenderNoted ▼   │
///       │                                            followup
///       ▼      TellMember, TellBoard, WithdrawTasks     │
///   notification ◀─────────────────────────────────────┘
///       │                  MailFailed                   ▲
///       └───────────────────────────────────────────────┘
///
///   notification ─ AddressFailed ─▶ membership
///   membership ── ForgetMember ──▶ all the others ── MatchingForgot … ──▶ membership
/// ```
public enum Topology {
  public struct Route: Sendable {
    public let message: any Contract.Type
    public let from: ServiceName
    public let to: [ServiceName]
  }

  public static let routes: [Route] = [
    Route(message: MemberRegistered.self, from: .membership, to: [.matching]),
    Route(message: MemberChanged.self, from: .membership, to: [.matching]),
    Route(message: AddressChanged.self, from: .membership, to: [.notification]),
    Route(message: MatchSubmitted.self, from: .matching, to: [.followup]),
    Route(message: MatchAccepted.self, from: .matching, to: [.followup]),
    Route(message: MatchActivated.self, from: .matching, to: [.followup]),
    Route(message: MatchClosed.self, from: .matching, to: [.followup]),
    Route(message: MatchHeld.self, from: .matching, to: [.followup]),
    Route(message: ConflictFound.self, from: .matching, to: [.followup]),
    Route(message: ConflictCleared.self, from: .matching, to: [.followup]),
    Route(message: TenderNoted.self, from: .matching, to: [.followup]),
    Route(message: MentorshipEnded.self, from: .followup, to: [.matching]),
    Route(message: MentorshipCompleted.self, from: .followup, to: [.matching]),
    Route(message: InvitationAnswered.self, from: .followup, to: [.matching]),
    Route(message: ReclaimPlace.self, from: .followup, to: [.matching]),
    Route(message: NewMentorAnswered.self, from: .followup, to: [.matching]),
    Route(message: PlaceReclaimed.self, from: .matching, to: [.followup]),
    Route(message: TellMember.self, from: .followup, to: [.notification]),
    Route(message: AddressFailed.self, from: .notification, to: [.membership]),
    Route(message: ForgetMember.self, from: .membership, to: [.matching, .followup, .notification]),
    Route(message: MatchingForgot.self, from: .matching, to: [.membership]),
    Route(message: FollowUpForgot.self, from: .followup, to: [.membership]),
    Route(message: NotificationForgot.self, from: .notification, to: [.membership]),
    Route(message: TellBoard.self, from: .followup, to: [.notification]),
    Route(message: WithdrawTasks.self, from: .followup, to: [.notification]),
    Route(message: MailFailed.self, from: .notification, to: [.followup]),
    Route(message: AddressCorrected.self, from: .notification, to: [.followup]),
  ]

  private static let byType = Dictionary(uniqueKeysWithValues: routes.map { ($0.message.type, $0) })

  /// The route of a message type; nil for what is not delivered between services.
  public static func route(of type: String) -> Route? { byType[type] }

  /// The services that a service sends deliveries to.
  public static func receivers(of service: ServiceName) -> [ServiceName] {
    let all = Set(routes.filter { $0.from == service }.flatMap(\.to))
    return ServiceName.allCases.filter(all.contains)
  }

  /// The services that send deliveries to a service.
  public static func senders(to service: ServiceName) -> [ServiceName] {
    ServiceName.allCases.filter { receivers(of: $0).contains(service) }
  }
}
