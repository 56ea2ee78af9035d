import Messaging

/// Who may send what: every request, the service that takes it, and the roles that may ask.
///
/// Deliveries are not here: the topology says which service sends them, and nobody else may.
public enum Permissions {
  public struct Rule: Sendable {
    public let request: any Contract.Type
    public let reply: any Contract.Type
    /// Nil: every service takes it.
    public let service: ServiceName?
    public let isCommand: Bool
    public let roles: Set<Principal.Role>
  }

  private static let anyone: Set<Principal.Role> = [.chair, .coordinator, .viewer, .probe, .service]
  private static let readers: Set<Principal.Role> = [.chair, .coordinator, .viewer]
  private static let board: Set<Principal.Role> = [.chair, .coordinator]
  private static let chair: Set<Principal.Role> = [.chair]

  public static let rules: [Rule] = [
    command(StageImportRows.self, .membership, board),
    command(CommitImport.self, .membership, board),
    query(GetImport.self, .membership, board),
    query(GetImportReport.self, .membership, board),
    query(GetImportAccount.self, .membership, board),
    query(ListMembers.self, .membership, readers),
    query(GetMember.self, .membership, readers),
    command(RegisterMember.self, .membership, board),
    command(ChangeMember.self, .membership, board),
    command(MoveMember.self, .membership, board),
    query(ExportMembers.self, .membership, board),
    query(GetRegisterRules.self, .membership, readers),
    command(SetRegisterRules.self, .membership, chair),

    command(SubmitMatch.self, .matching, board),
    command(AnswerMatch.self, .matching, board),
    command(WithdrawMatch.self, .matching, board),
    command(DecideMatch.self, .matching, board),
    // Evidence is private, so not for those who only read.
    query(ExplainPair.self, .matching, board),
    command(MakePlan.self, .matching, board),
    command(EditPlan.self, .matching, board),
    command(PublishPlan.self, .matching, board),
    query(GetPlan.self, .matching, board),
    query(GetPlanAccount.self, .matching, board),
    query(GetPlanScores.self, .matching, board),
    query(AskWhyNot.self, .matching, board),
    command(SetScoreWeights.self, .matching, board),
    query(GetScoreWeights.self, .matching, readers),
    query(ListMatches.self, .matching, readers),
    query(ListMentorPlaces.self, .matching, readers),

    command(RecordAgreement.self, .followup, board),
    command(RecordContact.self, .followup, board),
    command(EndMentorship.self, .followup, board),
    command(ProposeAgreement.self, .followup, board),
    command(PauseMentorship.self, .followup, board),
    command(SuspendMentorship.self, .followup, board),
    command(ResumeMentorship.self, .followup, board),
    command(UndoEnding.self, .followup, board),
    command(TakeBoardTask.self, .followup, board),
    command(CloseBoardTask.self, .followup, board),
    query(ListBoardTasks.self, .followup, readers),
    query(GetMentorship.self, .followup, readers),
    command(AnswerByToken.self, .followup, board),
    query(ListMentorships.self, .followup, readers),
    query(GetProgrammeReport.self, .followup, readers),
    query(GetYearReport.self, .followup, readers),

    query(ListMails.self, .notification, readers),
    query(GetMailReport.self, .notification, readers),
    query(GetMailDelivery.self, .notification, readers),
    // Its text can hold what no list shows.
    query(GetMail.self, .notification, board),
    query(PreviewMail.self, .notification, board),
    command(SetMailPreference.self, .notification, board),
    command(RetryMail.self, .notification, board),
    command(DiscardMail.self, .notification, board),

    query(GetHealth.self, nil, anyone),
    query(GetStatus.self, nil, readers),
    query(GetMetrics.self, nil, readers),
    // It writes to the service's own folder and tells nothing of what it holds; it takes room on the disk, though.
    command(MakeBackup.self, nil, board),
    query(ListBackups.self, nil, readers),
    command(AdvanceCalendar.self, nil, chair),
    query(ListDeadLetters.self, nil, readers),
    // A letter's body can hold what no list shows (a mail's text, an address): for those alone who settle it.
    query(GetDeadLetter.self, nil, board),
    query(CountWaiting.self, nil, board),
    command(SettleDeadLetter.self, nil, board),
    query(VerifyAudit.self, nil, readers),
    query(ListAudit.self, nil, board),
    query(GetPersonalData.self, nil, chair),

    command(EraseMember.self, .membership, chair),
    query(GetErasure.self, .membership, board),
  ]

  private static func command<C: Command>(
    _: C.Type, _ service: ServiceName?, _ roles: Set<Principal.Role>
  ) -> Rule {
    Rule(request: C.self, reply: C.Reply.self, service: service, isCommand: true, roles: roles)
  }

  private static func query<Q: Query>(
    _: Q.Type, _ service: ServiceName?, _ roles: Set<Principal.Role>
  ) -> Rule {
    Rule(request: Q.self, reply: Q.Reply.self, service: service, isCommand: false, roles: roles)
  }

  private static let byType = Dictionary(uniqueKeysWithValues: rules.map { ($0.request.type, $0) })

  public static func rule(of type: String) -> Rule? { byType[type] }
}

/// Every message that crosses a socket.
public enum MessageCatalogue {
  public static let all: [any Contract.Type] = {
    var seen: Set<String> = []
    let replies = Permissions.rules.map(\.reply) + [Problem.self]
    return (Permissions.rules.map(\.request) + replies + Topology.routes.map(\.message))
      .filter { seen.insert($0.type).inserted }
  }()

  public static let types = MessageTypes(all)
}
