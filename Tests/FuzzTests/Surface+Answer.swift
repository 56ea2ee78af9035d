import Contracts
import Foundation

@testable import BoardClient

extension Surface {
  static func answer(_ mutation: inout Mutation) -> [UInt8] {
    let name = mutation.any(["Subject:", "subject: ", "SUBJECT:", "Subject :", "X-Subject:", "", "From: a@b.se"])
    let words = (0..<mutation.number(0..<8)).map { _ in
      mutation.any([
        "Re:", "Handslag", "met-video", "not-yet", "2026-11-24", "2026-02-30", "4k7q2x9d0m3n5p8r1s6t4v7w2y",
        "4K7Q2X9D0M3N5P8R1S6T4V7W2Y", "4k7q2x9d0m3n5p8r1s6t4v7w2", "åäö", "=?utf-8?Q?", "?=", "\r\n ", "\u{0}", "\n\t",
      ])
    }
    let end = mutation.any(["\r\n\r\n", "\n\n", "\r\n", "", "\r"])
    var bytes = Array((name + words.joined(separator: mutation.any([" ", "_", "", "\r\n "])) + end).utf8)
    if mutation.oneIn(4) { mutation.change(&bytes) }
    return bytes
  }

  static func checkAnswer(_ bytes: [UInt8]) throws -> String {
    guard let text = Replies.subject(of: Data(bytes)) else { return "no subject" }
    guard let subject = AnswerSubject(text: text) else { return "no token" }
    let choice = Choice(answer: subject.answer ?? .notYet, token: subject.token)
    guard AnswerToken(rawValue: subject.token.rawValue) != nil else {
      throw Fault("what is no token was taken for one")
    }
    guard AnswerSubject(text: AnswerSubject(choice).text)?.token == subject.token else {
      throw Fault("it is another token when it is read again")
    }
    return "token" + (subject.answer.map { " \($0)" } ?? "") + (subject.day == nil ? "" : " and a day")
  }
}
