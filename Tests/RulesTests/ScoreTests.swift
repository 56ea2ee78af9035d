import Contracts
import Foundation
import TestSupport
import Testing

@testable import Rules

@Suite struct ScoreTests {
  private let today = Day(text: "2026-09-15")!

  private func score(
    _ weights: ScoreWeights = ScoreWeights(), mentor: (inout Profile, inout ProfileFacts) -> Void = { _, _ in },
    adept: (inout Profile, inout ProfileFacts) -> Void = { _, _ in }
  ) -> PairScore {
    PairScore(
      mentor: ScoreFacts(profile("m-anna", years: 10, mentor), today: today),
      adept: ScoreFacts(profile("m-bo", years: 2, adept), today: today), weights: weights)
  }

  @Test func everyPartHasItsLineAndTheyAddUp() {
    let score = score(
      mentor: {
        $1.offers = Bounded([.contracts, .network])
        $1.forms = Bounded([.inPerson, .video])
        $1.travels = Kilometres(unchecked: 30)
        $1.spokenLanguages = Bounded([SpokenLanguage(unchecked: "sv"), SpokenLanguage(unchecked: "fi")])
        $1.sectors = Bounded([.school, .business])
        $1.wishes = Bounded([member("m-bo")])
      },
      adept: {
        $0.kommun = KommunCode(unchecked: "0380")
        $1.wants = Bounded([.network, .pricing, .contracts])
        $1.forms = Bounded([.inPerson])
        $1.travels = Kilometres(unchecked: 40)
        $1.spokenLanguages = Bounded([SpokenLanguage(unchecked: "fi")])
        $1.wishes = Bounded([member("m-anna")])
        $1.waitingSince = Day(text: "2026-06-16")
      })
    let kilometres = Kommun.with(code: KommunCode(unchecked: "0380"))!.kilometres(to: Kommun.named("Stockholm")!)
    #expect((1..<150).contains(kilometres))
    let expected: [(ScorePart, Int)] = [
      (.topic(.network, rank: 1), 100), (.topic(.contracts, rank: 3), 40), (.forms([.inPerson]), 20),
      (.distance(kilometres: kilometres), 60 * (150 - kilometres) / 150),
      (.languages([SpokenLanguage(unchecked: "fi")]), 30), (.experience(years: 8), 32), (.sectors([.school]), 12),
      (.wish(by: .adept), 80), (.wish(by: .mentor), 50), (.waited(months: 2), 10),
    ]
    #expect(score.lines.map(\.part) == expected.map(\.0))
    #expect(score.lines.map(\.points) == expected.map(\.1))
    #expect(score.total == expected.reduce(0) { $0 + $1.1 })
  }

  @Test func theKommunOfSomebodyProtectedChangesNothing() {
    func lines(_ kommun: String) -> [ScorePart] {
      score(
        mentor: { $1.forms = Bounded([.inPerson]) },
        adept: {
          $0.kommun = KommunCode(unchecked: kommun)
          $1.forms = Bounded([.inPerson])
          $1.isProtected = true
        }
      ).lines.map(\.part)
    }
    #expect(lines("0180") == lines("2584"))
    #expect(lines("0180").contains(.distanceUnused))
  }

  @Test func nobodyMeetsBeyondWhatBothTravel() {
    func points(_ travels: Int) -> Int? {
      score(
        mentor: {
          $1.forms = Bounded([.inPerson])
          $1.travels = Kilometres(unchecked: travels)
        },
        adept: {
          $0.kommun = KommunCode(unchecked: "0380")
          $1.forms = Bounded([.inPerson])
          $1.travels = Kilometres(unchecked: 0)
        }
      ).lines.first { if case .distance = $0.part { true } else { false } }?.points
    }
    let kilometres = Kommun.named("Uppsala")!.kilometres(to: Kommun.named("Stockholm")!)
    #expect(points(kilometres - 1) == 0)
    #expect(points(kilometres)! > 0)
  }

  /// Against the haversine formula on a sphere, between all kommuner.
  @Test func distancesAreThoseOnTheEarth() {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    for (index, one) in Kommun.all.enumerated() {
      for other in Kommun.all[index...] {
        let (north, south) = (radians(one.latitude), radians(other.latitude))
        let east = radians(one.longitude - other.longitude)
        let half = pow(sin((north - south) / 2), 2) + cos(north) * cos(south) * pow(sin(east / 2), 2)
        let expected = 2 * 6_371 * asin(half.squareRoot())
        let found = one.kilometres(to: other)
        #expect(abs(Double(found) - expected) <= 1 + expected / 200, "\(one.name) \(other.name) \(found)")
        #expect(found == other.kilometres(to: one))
      }
    }
  }

  // MARK: Weights

  @Test func aFileOfWeightsIsReadBack() throws {
    var weights = ScoreWeights()
    weights.version = 7
    weights.topics = [1, 2]
    weights.returning = -5
    #expect(try ScoreWeights(file: Data(weights.file.utf8)) == weights)
    #expect(try ScoreWeights(file: Data("{}".utf8)) == ScoreWeights())
  }

  @Test(arguments: [
    (#"{"meeting": "x", "perYear": 1000001, "topics": [1, 2.5], "typo": 1}"#, 4),
    (#"{"meetingWithinKm": 0, "topics": []}"#, 2), ("[]", 1), (#"{"meeting": 1"#, 1), (#"{"topics": {}}"#, 1),
  ])
  func everyFaultOfAFileIsTold(_ file: String, _ count: Int) {
    do throws(WeightFaults) {
      _ = try ScoreWeights(file: Data(file.utf8))
      Issue.record("\(file) was taken")
    } catch {
      #expect(error.faults.count == count, "\(error.faults.map(\.phrase.en))")
    }
  }

  @Test func onlyEligiblePairsAreInTheCohort() throws {
    let anna = profile("m-anna", years: 9)
    let bo = profile("m-bo", years: 1) { $1.vetoes = Bounded([member("m-anna")]) }
    let cia = profile("m-cia", years: 1) { profile, _ in profile.organisationNumber = nil }
    func person(_ profile: Profile) -> Cohort.Person { Cohort.Person(profile, today: today) }
    let cohort = try Cohort(
      mentors: [person(cia), person(anna)], adepts: [person(cia), person(bo), person(anna)], weights: ScoreWeights())
    let names = { (pair: (adept: Int, mentor: Int)) in cohort.scores[.init(adept: pair.adept, mentor: pair.mentor)] }
    // Adepts: anna, bo, cia; mentors: anna, cia.
    #expect(names((0, 0)) == nil)
    #expect(names((1, 0)) == nil)
    #expect(names((2, 0)) != nil)
    #expect(names((1, 1)) != nil)
    #expect(cohort.boardDecides.contains(.init(adept: 2, mentor: 0)))
    #expect(cohort.explain(.init(adept: 2, mentor: 0)).total == names((2, 0)))
  }
}
