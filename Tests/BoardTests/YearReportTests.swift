import Contracts
import Foundation
import TestSupport
import Testing

@testable import BoardClient

@Suite struct YearReportTests {
  private static let reply = GetYearReport.Reply(
    from: Day(text: "2026-09-01")!, to: Day(text: "2027-08-31")!, pairs: Count(12), begun: Count(12),
    completed: Count(7), endedEarly: Count(2), agreements: Count(11), contacts: Count(90), meetings: Count(21),
    daysToMatch: Count(6), daysToFirstContact: Count(9), daysToClose: nil,
    months: Bounded([
      .init(month: Day(text: "2026-09-01")!, contacts: Count(4), meetings: Count(3)),
      .init(month: Day(text: "2026-10-01")!, contacts: Count(11), meetings: Count(0)),
    ]),
    surveys: Bounded([
      .init(moment: .start, answers: Count(8), mean: Count(450)), .init(moment: .end, answers: Count(4), mean: nil),
    ]), boardWork: Bounded([.init(kind: .silent, opened: Count(3), closed: Count(2), escalated: Count(1))]))

  @Test(arguments: Language.allCases) func thePageNeedsNothingElse(_ language: Language) throws {
    let html = YearReport(Self.reply, language).html
    for word in ["http", "<script", "<link", "@import", "url("] { #expect(!html.contains(word), "\(word)") }
    #expect(html.contains("lang=\"\(language.rawValue)\""))
    // What is opened is closed, in order; `meta` and `!doctype` are not.
    var open: [Substring] = []
    for tag in html.split(separator: "<").dropFirst() {
      let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
      if name.hasPrefix("/") {
        #expect(open.popLast() == name.dropFirst(), "\(tag)")
      } else if !["meta", "!doctype"].contains(name), tag.split(separator: ">")[0].last != "/" {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
    #expect(html.components(separatedBy: "<svg").count == 3)
    #expect(html.contains(language == .sv ? "4,5" : "4.5"))
  }

  @Test func whatHasFewAnswersIsWithheldAndCountedAllTheSame() {
    let report = YearReport(Self.reply, .sv)
    let end = report.rows.filter { $0.name.hasPrefix("Slutet") }
    #expect(end.map(\.value) == ["4", "färre än fem svar"])
    #expect(report.text.contains("färre än fem svar"))
  }

  @Test func theTableIsReadByASpreadsheet() {
    let lines = YearReport(Self.reply, .sv).csv.components(separatedBy: "\r\n")
    #expect(lines[0] == "\u{feff}Avsnitt;Uppgift;Värde")
    #expect(lines.contains("Par;Fullföljdes;7") && lines.last == "")
    #expect(lines.dropLast().allSatisfy { $0.filter { $0 == ";" }.count == 2 })
  }
}

@Suite struct TimelineTests {
  @Test func theYearIsDrawnWeekByWeek() {
    let item = ListMentorships.Item(
      mentorship: MentorshipID(unchecked: "p-one"), mentor: MemberID(unchecked: "m-anna"),
      adept: MemberID(unchecked: "m-bo"), state: .agreed, starts: Day(text: "2026-09-08")!,
      ends: Day(text: "2027-09-08")!, contacts: Count(2), latestContact: Day(text: "2026-10-20"), reminders: Count(0))
    var mentorship = item
    mentorship.health = .inRhythm
    let reply = GetMentorship.Reply(
      mentorship: mentorship, today: Day(text: "2026-12-01")!, topics: Bounded([.network]), direction: nil,
      halfWay: Day(text: "2027-03-08"), closingTalk: Day(text: "2027-08-08"),
      entries: Bounded([
        .init(day: Day(text: "2026-09-08")!, what: .began),
        .init(day: Day(text: "2026-09-17")!, what: .agreed),
        .init(day: Day(text: "2026-09-18")!, what: .met, party: .adept, form: .inPerson),
        .init(day: Day(text: "2026-10-20")!, what: .met, form: .video),
        .init(day: Day(text: "2026-11-05")!, what: .needsBoard, need: .silent),
      ]), earlier: Count(0))
    let lines = Timeline(reply, names: [item.mentor: "Anna", item.adept: "Bo"], .sv).text.components(separatedBy: "\n")
    #expect(lines[0] == "p-one  Anna → Bo")
    #expect(lines[1].hasPrefix("överenskommet, i takt: senaste samtalet var 2026-10-20"))
    #expect(lines[3].hasPrefix("sep "))
    #expect(lines[4].hasPrefix("├◆────●─!───┃") && lines[4].filter { $0 == "┴" }.count == 2)
    #expect(lines[4].count == 53)
    #expect(lines.last == "2026-11-05  !  styrelsen behövs: tyst")
  }
}

@Suite struct RepliesTests {
  @Test(arguments: [
    ("Subject: Re: Handslag met-video 4k7q2x9d0m3n5p8r1s6t4v7w2y\r\n\r\nHej", "met-video"),
    ("From: a@b.se\r\nsubject: SV: Handslag\r\n not-yet 4k7q2x9d0m3n5p8r1s6t4v7w2y\r\nTo: c@d.se\r\n\r\n", "not-yet"),
    ("Subject: =?utf-8?Q?SV:_Handslag_confirm_4k7q2x9d0m3n5p8r1s6t4v7w2y?=\n\n", "confirm"),
    (
      "Subject: =?utf-8?B?U1Y6IEhhbmRzbGFnIG1ldC12aWRlbyA0azdxMng5ZDBtM241cA==?=\r\n =?utf-8?B?OHIxczZ0NHY3dzJ5?=\n\n",
      "met-video"
    ),
    ("Subject: =?iso-8859-1?Q?SV:_=C5r_Handslag_need-help_4k7q2x9d0m3n5p8r1s6t4v7w2y?=\n\n", "need-help"),
    ("Subject: Re: rest of the year: Handslag met-video 4k7q2x9d0m3n5p8r1s6t4v7w2y\n\n", "met-video"),
    ("Subject: HANDSLAG ACCEPT 4K7Q2X9D0M3N5P8R1S6T4V7W2Y\n\n", "accept"),
  ])
  func theAnswerIsFoundWhateverIsPutAroundIt(_ mail: String, _ answer: String) throws {
    let subject = try #require(Replies.subject(of: Data(mail.utf8)).flatMap(AnswerSubject.init(text:)))
    #expect(subject.token == .example && subject.answer?.rawValue == answer)
  }

  @Test func whatIsReadAlreadyIsNotOverwrittenAndLongMailsAreReadInPart() throws {
    let folder = try TemporaryFolder()
    let replies = Replies(path: folder.path)
    for (place, name) in [("new", "one"), ("cur", "one:2,S"), ("new", "long")] {
      let path = "\(folder.path)/\(place)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data("Subject: Handslag accept\n\n".utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
    // Three gigabytes of nothing, which take no room.
    let long = try #require(FileHandle(forWritingAtPath: folder.path + "/new/long"))
    try long.truncate(atOffset: 3_000_000_000)
    try long.close()
    let unread = try replies.unread()
    #expect(unread.map(\.name) == ["long", "one"])
    for file in unread { try replies.markRead(file, isRefused: false) }
    let read = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cur").sorted()
    #expect(read == ["long:2,S", "one.1:2,S", "one:2,S"])
  }

  @Test(arguments: [
    "Subject: Hej\r\n\r\nHandslag accept 4k7q2x9d0m3n5p8r1s6t4v7w2y", "", "Subject:", "\r\n",
    "Subject: 4k7q2x9d0m3n5p8r1s6t4v7w2y 5k7q2x9d0m3n5p8r1s6t4v7w2y\r\n\r\n",
  ])
  func whatIsNoAnswerIsNone(_ mail: String) {
    #expect(Replies.subject(of: Data(mail.utf8)).flatMap(AnswerSubject.init(text:)) == nil)
  }
}
