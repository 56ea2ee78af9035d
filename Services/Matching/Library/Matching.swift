import Contracts
import ServiceRuntime
import Store

/// The service that owns pairs until they begin, and the places that running mentorships take.
public enum Matching {
  /// The service with its schema and handlers.
  public static func service(_ options: ServiceOptions) throws -> ServiceDefinition {
    var handlers = Handlers()
    handlers.delivery(MemberRegistered.self) { try keepProfile($0.profile, $1) }
    handlers.delivery(MemberChanged.self) { try keepProfile($0.profile, $1) }
    handlers.delivery(MentorshipEnded.self) {
      try freePlace(
        $0.mentorship, remaining: $0.remainingMonths, notAgain: $0.doNotMatchAgain ?? false, $1)
    }
    handlers.delivery(MentorshipCompleted.self) { try freePlace($0.mentorship, $1) }
    handlers.delivery(InvitationAnswered.self, invitationAnswered)
    handlers.delivery(ReclaimPlace.self, reclaimPlace)
    handlers.delivery(NewMentorAnswered.self, newMentorAnswered)
    handlers.command(SubmitMatch.self, submitMatch)
    handlers.command(AnswerMatch.self, answerMatch)
    handlers.command(WithdrawMatch.self, withdrawMatch)
    handlers.command(DecideMatch.self, decideMatch)
    handlers.notedQuery(ExplainPair.self, of: { [$0.mentor, $0.adept] }, explainPair)
    handlers.command(MakePlan.self, makePlan)
    handlers.command(EditPlan.self, editPlan)
    handlers.command(PublishPlan.self, publishPlan)
    handlers.notedQuery(GetPlan.self, getPlan)
    handlers.notedQuery(GetPlanAccount.self, getPlanAccount)
    handlers.notedQuery(GetPlanScores.self, getPlanScores)
    handlers.notedQuery(AskWhyNot.self, askWhyNot)
    handlers.command(SetScoreWeights.self, setScoreWeights)
    handlers.query(GetScoreWeights.self, getScoreWeights)
    handlers.due(matchExpiry, expireMatch)
    handlers.notedQuery(ListMatches.self, listMatches)
    handlers.notedQuery(ListMentorPlaces.self, listMentorPlaces)
    handlers.personalData(
      PersonalData(.matching, personalTables, options), answeredBy: MatchingForgot.self, ending: endMatches)
    return ServiceDefinition(name: .matching, migrations: migrations, handlers: handlers)
  }
}
