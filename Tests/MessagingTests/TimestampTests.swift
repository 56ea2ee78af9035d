import Foundation
import Messaging
import TestSupport
import Testing

@Suite struct TimestampTests {
  /// Each millisecond is written and read back as it was, in years far apart, and as Foundation reads it.
  @Test(arguments: [0, -1, 951_782_400_000, 1_789_984_800_000, -62_167_219_200_000, 253_402_300_799_000] as [Int64])
  func losesNoMillisecond(_ base: Int64) throws {
    for milliseconds in base..<base + 1_000 where milliseconds <= 253_402_300_799_999 {
      let moment = Timestamp(milliseconds: milliseconds)
      #expect(Timestamp(text: moment.text) == moment, "\(milliseconds) is \(moment.text)")
    }
  }

  @Test func agreesWithFoundation() throws {
    var random = SeededGenerator(seed: 1)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for _ in 0..<2_000 {
      let moment = Timestamp(milliseconds: .random(in: -2_000_000_000_000..<7_000_000_000_000, using: &random))
      let date = try style.parse(moment.text)
      #expect((date.timeIntervalSince1970 * 1000).rounded() == Double(moment.milliseconds), "\(moment.text)")
    }
  }

  @Test(arguments: [
    ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00.000Z"), ("2026-11-24t08:00:00z", "2026-11-24T08:00:00.000Z"),
    ("2026-11-24T08:00:00.5+02:00", "2026-11-24T06:00:00.500Z"),
    ("2026-11-24T08:00:00.123999-00:30", "2026-11-24T08:30:00.123Z"),
    ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"), ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
    ("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00.000Z"),
    ("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999Z"),
  ])
  func readsRFC3339(_ text: String, _ written: String) { #expect(Timestamp(text: text)?.text == written) }

  @Test(arguments: [
    "2026-02-30T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T08:60:00Z", "2026-11-24T08:00:61Z",
    "2026-11-24T08:00:00", "2026-11-24 08:00:00Z", "2026-11-24T08:00:00Zx", "2026-11-24T08:00:00.Z", "20261124T080000Z",
    "99999-01-01T00:00:00Z", "2026-11-24T08:00:00+24:00", "2026-11-24T08:00:00+0200", "-001-01-01T00:00:00Z",
    "٢٠٢٦-11-24T08:00:00Z", "2026-11-24T08:00:00.00000000000000000000000000Z", "",
  ])
  func refusesWhatIsNone(_ text: String) { #expect(Timestamp(text: text) == nil) }

  @Test func anyNumberHasAText() {
    #expect(Timestamp(milliseconds: .min).text == "0000-01-01T00:00:00.000Z")
    #expect(Timestamp(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
  }
}
