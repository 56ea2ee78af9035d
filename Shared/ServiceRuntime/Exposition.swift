/// Text in Prometheus' exposition format, version 0.0.4; every sample carries the service's name.
struct Exposition {
  private(set) var text = ""
  private let service: String

  init(service: String) { self.service = service }

  /// One family: its help, its type, and its samples.
  mutating func add(_ metric: Metric, _ samples: [MetricSample]) {
    guard !samples.isEmpty else { return }
    head(metric)
    for sample in samples { line(metric.rawValue, sample.labels, sample.value) }
  }

  mutating func add(_ metric: Metric, _ value: Double) { add(metric, [MetricSample(value)]) }
  mutating func add(_ metric: Metric, _ value: Int) { add(metric, Double(value)) }

  mutating func addHistograms(_ metric: Metric, _ histograms: [([MetricLabel], Histogram)]) {
    guard !histograms.isEmpty else { return }
    head(metric)
    for (labels, histogram) in histograms {
      var below = 0
      for (bound, count) in zip(histogram.bounds, histogram.buckets) {
        below += count
        line(metric.rawValue + "_bucket", labels + [MetricLabel("le", "\(bound)")], Double(below))
      }
      line(metric.rawValue + "_bucket", labels + [MetricLabel("le", "+Inf")], Double(histogram.count))
      line(metric.rawValue + "_sum", labels, histogram.sum)
      line(metric.rawValue + "_count", labels, Double(histogram.count))
    }
  }

  private mutating func head(_ metric: Metric) {
    text += "# HELP \(metric.rawValue) \(metric.help)\n# TYPE \(metric.rawValue) \(metric.kind.rawValue)\n"
  }

  private mutating func line(_ name: String, _ labels: [MetricLabel], _ value: Double) {
    let all = ([MetricLabel("service", service)] + labels).map { "\($0.name)=\"\(Exposition.escaped($0.value))\"" }
    let number = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    text += "\(name){\(all.joined(separator: ","))} \(number)\n"
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5c || $0 == 0x0a }) else { return text }
    return text.reduce(into: "") { $0 += $1 == "\"" ? "\\\"" : $1 == "\\" ? "\\\\" : $1 == "\n" ? "\\n" : String($1) }
  }
}

/// One value of a metric, told apart from its others by labels.
public struct MetricSample: Sendable {
  let labels: [MetricLabel]
  let value: Double

  public init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
    self.labels = labels.map { MetricLabel($0.key, $0.value) }
    self.value = value
  }
}

struct MetricLabel: Sendable {
  let name: String
  let value: String
  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
