import Contracts
import Foundation
import Texts

extension ScoreWeights {
  /// Reads a file of weights; what it leaves out is as in the program.
  ///
  /// - Throws: `WeightFaults` with every fault and its place.
  public init(file: Data) throws(WeightFaults) {
    self.init()
    let value: JSONValue
    do { value = try JSONDecoder().decode(JSONValue.self, from: file) } catch {
      throw WeightFaults(faults: [.notJSON(ScoreWeights.place(of: error))])
    }
    guard case .object(let object) = value else { throw WeightFaults(faults: [.notJSON(nil)]) }
    var faults: [WeightFault] = []
    var left = object
    for field in ScoreWeights.fields {
      guard let value = left.removeValue(forKey: field.name) else { continue }
      if case .integer(let number) = value, field.range.contains(number) {
        self[keyPath: field.path] = number
      } else {
        faults.append(.notInRange(field.name, value.text, field.range))
      }
    }
    if let value = left.removeValue(forKey: "topics") {
      if case .array(let numbers) = value, 1...ScoreWeights.topicsAtMost ~= numbers.count {
        topics = []
        for (index, value) in numbers.enumerated() {
          if case .integer(let number) = value, ScoreWeights.range.contains(number) {
            topics.append(number)
          } else {
            faults.append(.notInRange("topics[\(index)]", value.text, ScoreWeights.range))
          }
        }
      } else {
        faults.append(.notAList("topics", value.text, atMost: ScoreWeights.topicsAtMost))
      }
    }
    let names = ScoreWeights.fields.map(\.name) + ["topics"]
    faults += left.keys.sorted().map { .unknown($0, names) }
    guard faults.isEmpty else { throw WeightFaults(faults: faults) }
  }

  /// The weights as a file, in the order in which they count.
  public var file: String {
    let lines = ScoreWeights.fields.map { "  \"\($0.name)\": \(self[keyPath: $0.path])" }
    let ranking = "  \"topics\": [\(topics.map(String.init).joined(separator: ", "))]"
    return "{\n" + ([lines[0], ranking] + lines.dropFirst()).joined(separator: ",\n") + "\n}\n"
  }

  /// Where the reader stopped, in its own words.
  private static func place(of error: any Error) -> String? {
    guard case DecodingError.dataCorrupted(let context) = error else { return nil }
    return context.underlyingError.map { $0 as NSError }?.userInfo["NSDebugDescription"] as? String
  }
}

/// Everything that is wrong with a file of weights.
public struct WeightFaults: Error, Sendable, Hashable {
  public let faults: [WeightFault]
}

extension JSONValue {
  fileprivate var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
  }
}
