import Contracts
import Foundation
import Messaging
import ServiceRuntime
import Settings
import Store
import Texts

/// The service that owns delivery: takes tasks, writes each as a mail, and sends it or keeps it here, once.
public enum Notification {
  /// Composes the service.
  ///
  /// - Throws: a sentence for the operator where a setting is wrong.
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    try service(options, values: options.settings.values)
  }

  static func service(_ options: ServiceOptions, values: [String: String]) throws -> ServiceDefinition {
    var settings = try MailSettings(values)
    // A demonstration's people are invented, and its days are not today.
    if options.isVirtualCalendar {
      settings.smtp = nil
      settings.isWeekly = false
    }
    settings.templates = settings.templates ?? options.path(.notification, "templates")
    let channel: any Channel =
      settings.smtp.map(SMTPChannel.init) ?? Maildir(path: options.path(.notification, "mail"))
    return service(try Notifier(settings: settings, channel: channel), options)
  }

  static func service(_ notifier: Notifier, _ options: ServiceOptions) -> ServiceDefinition {
    var handlers = Handlers()
    handlers.delivery(AddressChanged.self) { change, context in
      let book = AddressBook(db: context.db)
      let before = try book.entry(of: change.member)?.email
      try book.keep(change)
      if let before, before.wire != change.email.wire {
        try context.emit(AddressCorrected(member: change.member), key: change.member.rawValue)
      }
      return .done
    }
    handlers.delivery(TellMember.self) { try notifier.accept($0, $1) }
    handlers.delivery(TellBoard.self) { try notifier.accept($0, $1) }
    handlers.delivery(WithdrawTasks.self, notifier.withdraw)
    let channel = notifier.channel
    handlers.errand(
      Notifier.deliverMail,
      Errand(atOnce: channel.atOnce, interval: channel.interval) { await channel.deliver($0) },
      prepare: notifier.prepare, settle: notifier.settle)
    handlers.due(Notifier.weeklyDigest, notifier.writeWeekly)
    handlers.restored { try Mails(db: $0.db).doubtAll() }
    handlers.notedQuery(ListMails.self, of: { [$0.to].compactMap(\.self) }, notifier.list)
    handlers.notedQuery(GetMailReport.self) { _, context in
      GetMailReport.Reply(tallies: Bounded(try Mails(db: context.db).tallies()))
    }
    handlers.query(GetMail.self, notifier.show)
    handlers.query(GetMailDelivery.self, notifier.delivery)
    handlers.notedQuery(PreviewMail.self, of: { [$0.to, $0.about].compactMap(\.self) }, notifier.preview)
    handlers.command(SetMailPreference.self, notifier.prefer)
    handlers.command(RetryMail.self, notifier.retry)
    handlers.command(DiscardMail.self, notifier.discard)
    // What was kept here before there was a server is still here.
    let maildir = Maildir(path: options.path(.notification, "mail"))
    handlers.personalData(personalData(options, maildir), answeredBy: NotificationForgot.self)
    handlers.metric(.mails) { db in
      let states = try Mails(db: db).figures().states
      return MailState.allCases.map { MetricSample(Double(states[$0] ?? 0), ["state": $0.rawValue]) }
    }
    return ServiceDefinition(
      name: .notification, migrations: NotificationSchema.migrations, handlers: handlers,
      notices: (notifier.templates.faults + (channel.server == nil ? [MailDeskTexts.nothingLeaves] : []))
        .map { $0[notifier.settings.language] })
  }
}
