import Contracts
import Testing
import Texts

@testable import MatchingService

@Suite struct MatchAnswersTests {
  /// State by state: what the mentor's yes, the mentor's no, the adept's yes, the adept's no and the
  /// board's taking back lead to.
  enum Result: Sendable {
    case to(MatchState)
    case notOpen
  }
  static let table: [(MatchState, [Result])] = [
    (.submitted, [.to(.acceptedByMentor), .to(.declined), .to(.acceptedByAdept), .to(.declined), .to(.withdrawn)]),
    (.acceptedByMentor, [.to(.acceptedByMentor), .to(.declined), .to(.active), .to(.declined), .to(.withdrawn)]),
    (.acceptedByAdept, [.to(.active), .to(.declined), .to(.acceptedByAdept), .to(.declined), .to(.withdrawn)]),
    (.held, [.to(.held), .to(.declined), .to(.held), .to(.declined), .to(.withdrawn)]),
    (.active, [.to(.active), .notOpen, .to(.active), .notOpen, .notOpen]),
    (.declined, [.notOpen, .to(.declined), .notOpen, .to(.declined), .notOpen]),
    (.expired, [.notOpen, .notOpen, .notOpen, .notOpen, .notOpen]),
    (.withdrawn, [.notOpen, .notOpen, .notOpen, .notOpen, .to(.withdrawn)]),
    (.ended, [.notOpen, .notOpen, .notOpen, .notOpen, .notOpen]),
  ]

  @Test func everyStateIsInTheTable() {
    #expect(MatchAnswersTests.table.map(\.0) == MatchState.allCases)
  }

  @Test func whatIsNotClearIsHeld() throws {
    for (state, party) in [(MatchState.acceptedByMentor, Party.adept), (.acceptedByAdept, .mentor)] {
      #expect(try MatchAnswers.answer(match(state), by: party, .accept, isClear: false) == .held)
      #expect(try MatchAnswers.answer(match(state), by: party, .decline, isClear: false) == .declined)
    }
    #expect(try MatchAnswers.answer(match(.submitted), by: .adept, .accept, isClear: false) == .acceptedByAdept)
  }

  @Test(arguments: table) func leadsTo(_ state: MatchState, _ results: [Result]) {
    let match = match(state)
    let steps: [() throws -> MatchState] = [
      { try MatchAnswers.answer(match, by: .mentor, .accept) },
      { try MatchAnswers.answer(match, by: .mentor, .decline) },
      { try MatchAnswers.answer(match, by: .adept, .accept) },
      { try MatchAnswers.answer(match, by: .adept, .decline) },
      { try MatchAnswers.withdraw(match) },
    ]
    for (step, result) in zip(steps, results) {
      switch result {
      case .to(let next): #expect((try? step()) == next)
      case .notOpen: #expect(throws: MatchRefusal.notOpen(match.id, state)) { try step() }
      }
    }
  }
}
