import Contracts
import ServiceRuntime
import Store

/// The service that owns people: the register, and reading it from a file.
public enum Membership {
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    var handlers = Handlers()
    handlers.command(StageImportRows.self, stageImportRows)
    handlers.command(CommitImport.self, commitImport)
    handlers.query(GetImportReport.self, getImportReport)
    handlers.due(forgetKind, forgetImport)
    handlers.query(ListMembers.self, listMembers)
    handlers.query(GetMember.self, getMember)
    handlers.query(ExportMembers.self, exportMembers)
    handlers.command(RegisterMember.self, registerMember)
    handlers.command(ChangeMember.self, changeMember)
    handlers.command(MoveMember.self, moveMember)
    handlers.due(resumeKind, resumeMember)
    handlers.query(GetRegisterRules.self, getRules)
    handlers.command(SetRegisterRules.self, setRules)
    handlers.restored(tellAll)
    return ServiceDefinition(
      name: .membership, migrations: MembershipSchema.migrations, handlers: handlers)
  }
}
