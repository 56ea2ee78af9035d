import Foundation
import TestSupport
import Testing

/// What the demonstration tells of: each thing that a year can bring, whatever the seed.
@Suite struct DemonstrationTests {
  /// In the order of the issue that asks for it: the year, check-ins, health, endings, learning, calendar, time.
  static let told: [(what: String, words: String)] = [
    ("an invitation, and its reminder", #"Matchning: \d+ tillfrågas, [1-9]\d* påminnelser"#),
    ("a no", "tackar nej till"), ("no answer in time", "svarar inte i tid"),
    ("a beginning", "har tackat ja, och deras år börjar"),
    ("the first mail", #"Välkommen: [1-9]\d* får läsa om sin roll, ämnena, rytmen och rätten att avsluta"#),
    ("the first contact's reminder", #"Första kontakten: [1-9]\d* påminns"#),
    ("an agreement that the board records", #"kommer överens: .*, var \d:e vecka"#),
    ("an agreement that one proposes", "svarar: Jag föreslår det rekommenderade"),
    ("and the other confirms", "svarar: Ja, det kommer vi överens om"),
    ("or would rather talk over", "svarar: Jag vill tala om det först"),
    ("half-way", #"Halvvägs: [1-9]\d* ser tillbaka"#), ("the closing talk", #"Elfte månaden: [1-9]\d* påminns"#),
    ("a certificate", "har fullföljt sitt år, och var och en får sitt intyg"),
    ("a pause by the mentor", "vill vila; mentorskapet med .* är pausat till 20"),
    ("a pause by the adept", "svarar: Nej, men låt det vila en månad"),
    ("a pause by the board", "Styrelsen låter .* vila till 20"), ("its end", "har vilat, och fortsätter"),
    ("a suspension", "Styrelsen stoppar mentorskapet"), ("an extension", "förlänger med en månad"),
    ("July", "2027-07-31(?s:.*)Juli vilar: ingen fick en fråga"),
    ("Christmas", "2026-12-31(?s:.*)Jul och nyårsafton: ingen fick en fråga"),
    ("the year of a pair", #"board mentorship show p-\w+"#),
    ("check-ins", #"Avstämning: [1-9]\d* frågor, [1-9]\d* påminnelser. Svar: [1-9]\d* har talats vid, \d+ inte än"#),
    ("replies that the board carries", #"board answer --maildir .*\n[1-9]\d* svar mottagna"#),
    ("a wish to end", "svarar: Jag vill avsluta"), ("its confirmation", "svarar: Ja, avsluta"),
    ("a call for help", "svarar: Jag vill ha hjälp av styrelsen"), ("help", "Söndag kväll: .* ber om hjälp. .*Klart"),
    ("differing answers", "Söndag kväll: .* svarar olika. .*Klart"),
    ("a proposal that the board helps with", "Söndag kväll: .* är inte överens än. .*Klart"),
    ("health", #"── \d+ mentorskap pågår \(i takt \d+"#), ("late", #"sen \d"#), ("silent", #"tyst \d"#),
    ("resting", #"vilar \d"#),
    ("silence", "Söndag kväll: .* är tysta. .*Klart"), ("no start", "Söndag kväll: .* har inte kommit igång. .*Klart"),
    ("a task that closes by itself", "Styrelsen såg att .*; uppgiften stängdes av sig själv"),
    ("what there is to do", #"board task list\n.*\n.*\n +board (mentorship|task|match) "#),
    ("an escalation and the digests", #"Styrelsen: nya uppgifter \d+, försenade [1-9]\d*, morgonmejl [1-9]"#),
    ("an early ending", "avslutar i förtid, utan att behöva säga varför"),
    ("the other's mail a day later", "får veta att mentorskapet är slut, utan att något skäl anges"),
    ("told at once, never again, a private reason", "låter .* veta det genast, vill inte matchas med .* igen"),
    ("never again", "vill matcha .* igen. Nej: Paret är spärrat av konkurrensregeln"),
    ("the months that remain", "svarar: Ja, jag vill ha en ny mentor"),
    ("no more", "svarar: Nej tack, det räcker så"), ("an undoing", "svarar: Jag ångrar mig"),
    ("undone", "Avslutet är ångrat: .* fortsätter"),
    ("a place that is taken", "platsen redan har gått till någon annan"),
    ("too late", "vill ångra sitt avslut efter tre dagar. Nej: Det är för sent att ångra"),
    ("a conflict found later", "börjar arbeta på samma arbetsplats som "),
    ("what it stops", "får veta att mentorskapet med .* gör ett uppehåll"),
    ("the board's decision", "Styrelsen beslutar att .* kan fortsätta"),
    ("a tender", "anmäler en upphandling"), ("its reminder", "påminns om att inte tala med .* om upphandlingen"),
    ("the survey of the start", #"Enkät, starten: [1-9]\d* tillfrågade, [1-9]\d* svar"#),
    ("half-way", #"Enkät, halvvägs: [1-9]\d* tillfrågade, [1-9]\d* svar"#),
    ("of the end", #"Enkät, slutet: [1-9]\d* tillfrågade, [1-9]\d* svar"#),
    ("the yearly report", #"board report --from 2026-01-01 (?s:.*)Enkäter\n(?s:.*)Styrelsens arbete\n"#),
    ("its files", "Samma rapport som CSV i .*, och som sida med diagram i"),
    ("dates for the calendar", #"Kalendern: [1-9]\d* mejl med datum \(\.ics\), [1-9]\d* som avbokar"#),
    ("a meeting half-way", #"I kalendern hos .*: Träff med .*, 20\d\d-\d\d-\d\d, \w+"#),
    ("a cancellation", "Tas bort ur kalendern hos .*: "),
    ("a crash", "Uppföljningen blir strömlös. Den har startat igen"),
    ("that all adds up", "Allt går ihop: varje uppgift är ett mejl"),
  ]

  /// A year takes half a minute; YEARS=3 tells those of seeds 1 to 3.
  static let seeds = 1...max(1, ProcessInfo.processInfo.environment["YEARS"].flatMap { Int($0) } ?? 1)

  @Test(arguments: seeds) func tellsAllOfTheYear(_ seed: Int) async throws {
    let folder = try TemporaryFolder()
    let state = folder.path + "/demo"
    let outcome = try await Executable.run(
      "programme", ["demo", "--state", state, "--register", BoardProgramTests.sample, "--seed", "\(seed)"])
    #expect(outcome.status == 0, "\(outcome.errors) \(outcome.output.suffix(600))")
    let story = outcome.output
    for (what, words) in Self.told {
      #expect(story.range(of: words, options: .regularExpression) != nil, "seed \(seed) tells nothing of \(what)")
    }
    // A story that nobody can read is none.
    let lines = story.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 400, "seed \(seed) tells \(lines.count) lines")
    // What it says is kept as files is there.
    let csv = try String(contentsOfFile: state + "/report.csv", encoding: .utf8)
    let page = try String(contentsOfFile: state + "/report.html", encoding: .utf8)
    #expect(csv.contains(";") && page.contains("<svg"))
  }
}
