import Foundation
import Planner
import Register
import Texts

/// Scores and capacities as two CSV files hold them, with everybody numbered in the order of their names, so that the
/// order of the lines decides nothing.
struct ScoreFile {
  let adepts: [String]
  let mentors: [String]
  let pairs: [(pair: Pair, score: Int)]
  let places: [Int]

  /// A file's bytes, and the path by which they are spoken of.
  struct File {
    let path: String
    let bytes: [UInt8]
  }

  /// - Throws: `BoardFailure.unusable` with a sentence that names the line.
  init(scores: String, capacities: String?) throws {
    func file(_ path: String) throws -> File {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw BoardFailure.unusable(BoardTexts.noFile(path)[BoardLanguage.current])
      }
      return File(path: path, bytes: [UInt8](data))
    }
    try self.init(scores: file(scores), capacities: capacities.map(file))
  }

  init(scores file: File, capacities: File?) throws {
    let rows = try ScoreFile.rows(file, ["adept", "mentor", "score"])
    let given = try capacities.map { try ScoreFile.rows($0, ["mentor", "capacity"]) } ?? []
    adepts = Set(rows.map { $0.cells[0] }).sorted()
    mentors = Set(rows.map { $0.cells[1] }).union(given.map { $0.cells[0] }).sorted()
    let adeptNumbers = ScoreFile.numbers(adepts)
    let mentorNumbers = ScoreFile.numbers(mentors)
    let greatest = ScoreTable.greatestScore
    pairs = try rows.map { row in
      let score = try ScoreFile.number(row, 2, "score", file.path, -greatest...greatest)
      return (Pair(adept: adeptNumbers[row.cells[0]]!, mentor: mentorNumbers[row.cells[1]]!), score)
    }
    var places = [Int?](repeating: nil, count: mentors.count)
    for row in given {
      let mentor = mentorNumbers[row.cells[0]]!
      guard places[mentor] == nil else {
        throw BoardFailure.unusable(
          PlanTexts.repeatedMentor(capacities!.path, line: row.line, row.cells[0])[BoardLanguage.current])
      }
      places[mentor] = try ScoreFile.number(row, 1, "capacity", capacities!.path, 0...greatest)
    }
    self.places = places.map { $0 ?? 1 }
  }

  static func numbers(_ names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
  }

  private struct Row {
    let line: Int
    let cells: [String]
  }

  /// The named columns of a file; the other columns are not read.
  private static func rows(_ file: File, _ columns: [String]) throws -> [Row] {
    let path = file.path
    do {
      let bytes = Array(try RegisterEncoding.decode(file.bytes).0.utf8)
      for delimiter in ",;\t".utf8 {
        var text = DelimitedText(bytes, delimiter: delimiter)
        guard let header = try text.nextFilled()?.cells.map({ $0.lowercased() }),
          columns.allSatisfy({ column in header.count { $0 == column } == 1 })
        else { continue }
        let places = columns.map { header.firstIndex(of: $0)! }
        var rows: [Row] = []
        while let record = try text.nextFilled() {
          let cells = places.map { $0 < record.cells.count ? record.cells[$0] : "" }
          // The last column is the number, which says more about itself.
          if let empty = cells.dropLast().firstIndex(of: "") {
            throw BoardFailure.unusable(
              PlanTexts.emptyName(path, line: record.line, columns[empty])[BoardLanguage.current])
          }
          rows.append(Row(line: record.line, cells: cells))
        }
        return rows
      }
    } catch let refusal as RegisterRefusal {
      throw BoardFailure.unusable(
        "\(path): \(refusal.title[BoardLanguage.current]). \(refusal.detail[BoardLanguage.current])")
    }
    throw BoardFailure.unusable(PlanTexts.missingColumns(path, columns)[BoardLanguage.current])
  }

  private static func number(
    _ row: Row, _ index: Int, _ column: String, _ path: String, _ range: ClosedRange<Int>
  ) throws -> Int {
    guard let number = Int(row.cells[index]), range.contains(number) else {
      throw BoardFailure.unusable(
        PlanTexts.notANumber(path, line: row.line, column, row.cells[index], most: range.upperBound)[
          BoardLanguage.current])
    }
    return number
  }
}
