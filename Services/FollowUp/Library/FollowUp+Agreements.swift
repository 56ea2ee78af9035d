import Contracts
import ServiceRuntime
import Texts

extension FollowUp {
  /// The board records what the two have told it: both have agreed.
  static func recordAgreement(_ command: RecordAgreement, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    mentorship.state = try mentorship.state.agreeing(mentorship.id)
    guard !command.topics.elements.isEmpty else { throw MentorshipRefusal.noTopics }
    try agree(Agreement(command), &mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  static func proposeAgreement(_ command: ProposeAgreement, _ context: Context) throws -> MentorshipStateReply {
    var mentorship = try find(command.mentorship, context)
    guard !command.topics.elements.isEmpty else { throw MentorshipRefusal.noTopics }
    try propose(Agreement(command), by: command.by, &mentorship, context)
    return MentorshipStateReply(mentorship: mentorship.id, state: mentorship.state)
  }

  /// Asks the other to confirm. Where they have proposed the same themself, both have agreed.
  static func propose(
    _ agreement: Agreement, by party: Party, _ mentorship: inout Mentorship, _ context: Context
  ) throws {
    let agreed = try mentorship.state.agreeing(mentorship.id)
    try History(db: context.db).add(.init(day: context.today, what: .proposed, party: party), to: mentorship.id)
    if let proposal = mentorship.course.proposal, proposal.by != party, proposal.agreement == agreement {
      mentorship.state = agreed
      return try agree(agreement, &mentorship, context)
    }
    mentorship.course.proposals += 1
    let number = mentorship.course.proposals
    mentorship.course.proposal = Proposal(number: number, by: party, agreement: agreement)
    var telling = Telling(
      .agreementToConfirm, occasion: "\(number)",
      asks: (.agreement, "\(number)", [.confirm, .discuss], context.today.adding(months: 2)))
    telling.agreement = agreement
    try context.tell(telling, [party.other], of: mentorship.pair, mentorship.id)
    try saveAndPlan(mentorship, context)
  }

  /// Both have agreed. What is agreed anew replaces what was agreed before.
  static func agree(_ agreement: Agreement, _ mentorship: inout Mentorship, _ context: Context) throws {
    mentorship.course.agreement = agreement
    mentorship.course.proposal = nil
    mentorship.course.proposals += 1
    mentorship.agreed = context.today
    try History(db: context.db).add(.init(day: context.today, what: .agreed), to: mentorship.id)
    var telling = Telling(.agreementConfirmed, occasion: "\(mentorship.course.proposals)")
    telling.agreement = agreement
    telling.events = mentorship.calendar(today: context.today)
    try context.tell(telling, of: mentorship.pair, mentorship.id)
    try saveAndPlan(mentorship, context)
  }
}
