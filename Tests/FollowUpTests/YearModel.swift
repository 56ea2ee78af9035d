import Contracts
import Foundation

@testable import FollowUpService

/// What the test itself knows of a pair, from what was done and said.
struct YearModel {
  struct Contact: Hashable {
    let day: Day
    let form: ContactForm
  }
  /// The contact that a check-in's answers tell of, and who can take it back.
  struct Claim {
    var contact: Contact
    var owner: Party?
  }

  let starts: Day
  var months: Int
  var contacts: Set<Contact> = []
  var claim: (checkIn: Int, claim: Claim)?
  var met: (checkIn: Int, parties: Set<Party>) = (0, [])
  var help: Set<Party> = []
  var wantsNewMentor = false
  var hasConflict = false
  /// The proposal that waits, and whether the other would rather talk it over.
  var proposal: (number: String, isDiscussed: Bool)?
  var ending: (by: EndMentorship.EndedBy, number: Int)?
  var endings = 0
  var gone: Set<Party> = []

  init(starts: Day, months: Int) { (self.starts, self.months) = (starts, months) }

  /// By the calendar of Foundation, and not by ours.
  var ends: Day {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    let first = calendar.date(from: DateComponents(year: starts.year, month: starts.month, day: starts.day))!
    let end = calendar.dateComponents(
      [.year, .month, .day], from: calendar.date(byAdding: .month, value: months, to: first)!)
    return Day(end.year!, end.month!, end.day!)!
  }

  private mutating func begin(_ checkIn: Int) {
    guard met.checkIn != checkIn else { return }
    met = (checkIn, [])
    claim = nil
  }

  /// A check-in is answered with a contact, or with none.
  mutating func met(_ contact: Contact, by party: Party, checkIn: Int) {
    begin(checkIn)
    met.parties.insert(party)
    if let (_, known) = claim {
      guard known.owner == party else { return }
      contacts.remove(known.contact)
    }
    claim = (checkIn, Claim(contact: contact, owner: contacts.insert(contact).inserted ? party : nil))
  }

  /// A contact is told of, and not in answer to the latest check-in; by the board where the party is nil.
  mutating func told(_ contact: Contact, by party: Party?) {
    if !contacts.insert(contact).inserted, claim?.claim.contact == contact, claim?.claim.owner != party {
      claim?.claim.owner = nil
    }
  }

  mutating func notYet(by party: Party, checkIn: Int) {
    begin(checkIn)
    met.parties.remove(party)
    guard let known = claim?.claim else { return }
    if met.parties.contains(party.other) {
      if known.owner != nil { claim = (checkIn, Claim(contact: known.contact, owner: party.other)) }
    } else {
      if known.owner == party { contacts.remove(known.contact) }
      claim = nil
    }
  }
}
