import Contracts
import Testing
import Texts

@testable import FollowUpService

@Suite struct MentorshipStateTests {
  static let id = MentorshipID(unchecked: "p-one")

  /// What an agreement, a contact and an end lead to; nil where they are refused.
  static let table: [(MentorshipState, agreeing: MentorshipState?, meeting: MentorshipState?, MentorshipState?)] = [
    (.started, .agreed, .started, .ended),
    (.agreed, .agreed, .agreed, .ended),
    (.closing, nil, .closing, .ended),
    (.completed, nil, nil, nil),
    (.ended, nil, nil, nil),
  ]

  @Test(arguments: table) func leadsTo(
    _ state: MentorshipState, _ agreeing: MentorshipState?, _ meeting: MentorshipState?, _ ending: MentorshipState?
  ) {
    #expect((try? state.agreeing(Self.id)) == agreeing)
    #expect((try? state.meeting(Self.id)) == meeting)
    #expect((try? state.ending(Self.id)) == ending)
    #expect(state.isRunning == (ending != nil))
  }

  @Test func saysWhyNot() {
    #expect(throws: MentorshipRefusal.agreementTooLate(Self.id)) { try MentorshipState.closing.agreeing(Self.id) }
    #expect(throws: MentorshipRefusal.over(Self.id, .ended)) { try MentorshipState.ended.meeting(Self.id) }
  }
}
