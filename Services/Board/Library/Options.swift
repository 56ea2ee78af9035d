import ArgumentParser
import Contracts
import Foundation
import Settings
import Texts

/// The language of help, tables and refusals: `--lang`, else HANDSLAG_LANG, else Swedish. It is needed
/// before the arguments are parsed, since help is made from it.
public enum BoardLanguage {
  public static let current: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count { return Language(rawValue: arguments[index + 1]) ?? .sv }
      if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) ?? .sv }
    }
    return Settings.ofProcess.language
  }()
}

extension ArgumentHelp {
  /// Help in the caller's language.
  public static func text(_ phrase: Phrase) -> ArgumentHelp { ArgumentHelp(phrase[BoardLanguage.current]) }
}

extension Language: ExpressibleByArgument {}
extension MemberRole: ExpressibleByArgument {}
extension MatchState: ExpressibleByArgument {}
extension MentorshipState: ExpressibleByArgument {}
extension Party: ExpressibleByArgument {}
extension ContactForm: ExpressibleByArgument {}
extension Topic: ExpressibleByArgument {}
extension ServiceName: ExpressibleByArgument {}
extension AnswerMatch.Answer: ExpressibleByArgument {}
extension EndMentorship.EndedBy: ExpressibleByArgument {}

/// What every command takes: who asks, where the services are, how to answer.
struct BoardOptions: ParsableArguments {
  @Option(help: .text(BoardTexts.helpAs))
  var `as` = Settings.ofProcess[.principal]

  @Option(help: .text(BoardTexts.helpSockets))
  var sockets = Settings.ofProcess[.sockets]

  @Option(help: .text(BoardTexts.helpKeys))
  var keys = Settings.ofProcess[.keys]

  @Option(help: .text(BoardTexts.helpLanguage))
  var lang = BoardLanguage.current

  @Option(help: .text(BoardTexts.helpTimeout))
  var timeout = 10

  @Flag(help: .text(BoardTexts.helpJSON))
  var json = false

  /// Opens a connection for one command and closes it afterwards.
  func with(_ body: (Board) async throws -> Void) async throws {
    let connection = try await Connection.open(
      Connection.Settings(
        principal: self.as, sockets: sockets, keys: keys, language: lang,
        deadline: .seconds(max(1, timeout))))
    do { try await body(Board(connection)) } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  /// Prints a value as JSON, or what `text` makes of it.
  func show(_ value: some Encodable, _ text: () throws -> String) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(value), as: UTF8.self))
    } else {
      print(try text().printable)
    }
  }
}

extension String {
  /// What a terminal only shows: characters by which a file or a register could move its cursor or its colours are
  /// replaced.
  var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar
        }))
  }
}

/// Reads a constrained value from an argument; what is not allowed is a wrong call that says what is.
func checked<Value: Constrained>(
  _ raw: Value.RawValue, _ name: String
) throws -> Value {
  guard let value = Value(rawValue: raw) else {
    throw ValidationError(
      BoardTexts.badArgument(name, "\(raw)", Value.constraint.words[BoardLanguage.current])[BoardLanguage.current])
  }
  return value
}

func day(_ text: String, _ name: String) throws -> Day {
  guard let day = Day(text: text) else {
    throw ValidationError(
      BoardTexts.badArgument(name, text, "2026-11-24")[BoardLanguage.current])
  }
  return day
}
