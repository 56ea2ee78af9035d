import Contracts
import ServiceRuntime
import Store

/// The service that owns people: the register, and reading it from a file.
public enum Membership {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    var handlers = Handlers()
    handlers.command(StageImportRows.self, stageImportRows)
    handlers.command(CommitImport.self, commitImport)
    handlers.notedQuery(GetImportReport.self, getImportReport)
    handlers.notedQuery(GetImportAccount.self, getImportAccount)
    handlers.query(GetImport.self, getImport)
    handlers.due(goThroughKind, goThroughImport)
    handlers.due(forgetKind, forgetImport)
    handlers.query(ListMembers.self, listMembers)
    handlers.query(GetMember.self, getMember)
    handlers.delivery(AddressFailed.self, addressFailed)
    handlers.query(ExportMembers.self, exportMembers)
    handlers.command(RegisterMember.self, registerMember)
    handlers.command(ChangeMember.self, changeMember)
    handlers.command(MoveMember.self, moveMember)
    handlers.due(resumeKind, resumeMember)
    handlers.query(GetRegisterRules.self, getRules)
    handlers.command(SetRegisterRules.self, setRules)

    let data = personalData(options)
    handlers.personalData(data, report: noteForgotten)
    handlers.command(EraseMember.self) { try eraseMember($0, data, $1) }
    handlers.query(GetErasure.self, getErasure)
    handlers.delivery(MatchingForgot.self) {
      try noteForgotten($0.report, $1)
      return .done
    }
    handlers.delivery(FollowUpForgot.self) {
      try noteForgotten($0.report, $1)
      return .done
    }
    handlers.delivery(NotificationForgot.self) {
      try noteForgotten($0.report, $1)
      return .done
    }
    handlers.due(retentionKind) { try eraseAfterRetention($0, data, $1) }
    handlers.unfinishedErasures = ErasureTable.countUnfinished
    handlers.restored { context in
      try eraseAgain(data, context)
      try tellAll(context)
    }
    return ServiceDefinition(
      name: .membership, migrations: MembershipSchema.migrations, handlers: handlers)
  }
}
