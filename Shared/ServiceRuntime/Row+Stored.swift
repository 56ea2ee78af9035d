import Contracts
import GRDB

/// A column holds what its service never writes: the store was changed by something else. No retry helps.
public struct UnreadableColumn: Error {
  public let column: String
  public init(column: String) { self.column = column }
}

extension Row {
  /// The value of a column in the type that it was written from.
  public func stored<Value: RawRepresentable>(_ column: String) throws -> Value
  where Value.RawValue: DatabaseValueConvertible {
    guard let value: Value = try storedIfAny(column) else { throw UnreadableColumn(column: column) }
    return value
  }

  /// The same where the column may be empty.
  public func storedIfAny<Value: RawRepresentable>(_ column: String) throws -> Value?
  where Value.RawValue: DatabaseValueConvertible {
    guard let raw: Value.RawValue = self[column] else { return nil }
    guard let value = Value(rawValue: raw) else { throw UnreadableColumn(column: column) }
    return value
  }

  /// A day, written as `2026-11-24`.
  public func storedDay(_ column: String) throws -> Day {
    guard let day = try storedDayIfAny(column) else { throw UnreadableColumn(column: column) }
    return day
  }

  /// The same where the column may be empty.
  public func storedDayIfAny(_ column: String) throws -> Day? {
    guard let text: String = self[column] else { return nil }
    guard let day = Day(text: text) else { throw UnreadableColumn(column: column) }
    return day
  }
}
