import Contracts
import Testing

@testable import BoardClient

/// What a wrong call is answered with.
@Suite struct RefusalTests {
  private static let english = [
    "Missing", "Unknown", "Unexpected", "invalid", "Please", "Did you", "Usage", "Help:", "See ", "expected", "value",
    " or ", " and ", "characters", "whole number",
  ]

  @Test(arguments: [
    ["member", "show"], ["member", "show", "a", "b"], ["member", "show", "a", "b", "c"],
    ["member", "list", "--rol", "mentor"],
    ["member", "list", "--search"], ["member", "list", "--timeout", "soon"], ["mentorship", "list", "--state", "gone"],
    ["member", "list", "--json=ja"], ["match", "answer", "p-1", "perhaps"], ["audit", "list", "nobody"],
    ["member", "list", "-x"],
  ])
  func isInSwedish(arguments: [String]) throws {
    var text: String?
    do { _ = try BoardCommand.parseAsRoot(arguments) } catch {
      text = BoardCommand.translated(BoardCommand.fullMessage(for: error))
    }
    let found = try #require(text)
    #expect(found.contains("Fel: ") && found.contains("Användning: "))
    for word in Self.english { #expect(!found.contains(word), "\(word) in \(found)") }
  }

  @Test func aValueThatIsNotAllowedIsToldInSwedish() throws {
    func refusal<Value: Constrained>(of raw: Value.RawValue, as: Value.Type) -> String {
      do { _ = try checked(raw, "--x") as Value } catch { return "\(error)" }
      return ""
    }
    #expect(refusal(of: 700, as: Years.self).contains("det som tas emot är ett heltal från 0 till 60."))
    #expect(refusal(of: "a\nb", as: SearchText.self).contains("tecken utan radbrytning och styrtecken."))
    #expect(refusal(of: "Å", as: MatchID.self).contains("tecken av a till z, 0 till 9 och bindestreck."))
  }
}
