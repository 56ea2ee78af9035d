import Messaging

/// The programme over some time, for the association's yearly report. Nobody can be told from it.
public struct GetYearReport: Query {
  public static let type = "followup.get-year-report.v1"
  public static let summary = "The programme in figures over the days from one to another, both included."
  public var from: Day
  public var to: Day
  public init(from: Day, to: Day) {
    self.from = from
    self.to = to
  }

  public struct Month: Codable, Sendable, Hashable {
    /// The first of the month.
    public var month: Day
    public var contacts: Count
    /// How many of them were in person.
    public var meetings: Count
    public init(month: Day, contacts: Count, meetings: Count) {
      self.month = month
      self.contacts = contacts
      self.meetings = meetings
    }
  }

  public struct Survey: Codable, Sendable, Hashable {
    public var moment: SurveyMoment
    public var answers: Count
    /// The mean of the ratings from 1 to 5, in hundredths, to the nearest half; withheld where fewer than five have
    /// answered, and of any time but whole calendar years that are over.
    public var mean: Count?
    public init(moment: SurveyMoment, answers: Count, mean: Count?) {
      self.moment = moment
      self.answers = answers
      self.mean = mean
    }
  }

  public struct BoardWork: Codable, Sendable, Hashable {
    public var kind: BoardTaskKind
    public var opened: Count
    public var closed: Count
    public var escalated: Count
    public init(kind: BoardTaskKind, opened: Count, closed: Count, escalated: Count) {
      self.kind = kind
      self.opened = opened
      self.closed = closed
      self.escalated = escalated
    }
  }

  public struct Reply: Contract {
    public static let type = "followup.year-report.v1"
    public static let summary = "The figures."
    public var from: Day
    public var to: Day
    /// Mentorships that ran on any of the days.
    public var pairs: Count
    public var begun: Count
    public var completed: Count
    public var endedEarly: Count
    public var agreements: Count
    public var contacts: Count
    public var meetings: Count
    /// The median of the days from the board's suggestion until both had said yes.
    public var daysToMatch: Count?
    /// The median of the days from the beginning to the first contact.
    public var daysToFirstContact: Count?
    /// The median of the days that the board took for what it had to do.
    public var daysToClose: Count?
    public var months: Bounded<Month>
    public var surveys: Bounded<Survey>
    public var boardWork: Bounded<BoardWork>
    public init(
      from: Day, to: Day, pairs: Count, begun: Count, completed: Count, endedEarly: Count, agreements: Count,
      contacts: Count, meetings: Count, daysToMatch: Count?, daysToFirstContact: Count?, daysToClose: Count?,
      months: Bounded<Month>, surveys: Bounded<Survey>, boardWork: Bounded<BoardWork>
    ) {
      self.from = from
      self.to = to
      self.pairs = pairs
      self.begun = begun
      self.completed = completed
      self.endedEarly = endedEarly
      self.agreements = agreements
      self.contacts = contacts
      self.meetings = meetings
      self.daysToMatch = daysToMatch
      self.daysToFirstContact = daysToFirstContact
      self.daysToClose = daysToClose
      self.months = months
      self.surveys = surveys
      self.boardWork = boardWork
    }
  }
}
