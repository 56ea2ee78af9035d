// swift-tools-version: 6.2
import PackageDescription

// The two ends that `make bench` measures: services with trivial handlers on the real runtime, a client; the
// notifier with a queue of mails, followup's nights, and the planner.
// A package of its own, so that the product doesn't build it.

let spine = Target.Dependency.product(name: "Spine", package: "handslag")
let followup = Target.Dependency.product(name: "FollowUp", package: "handslag")
let notifier = Target.Dependency.product(name: "Notifier", package: "handslag")
let planner = Target.Dependency.product(name: "Planner", package: "handslag")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "handslag", path: "../.."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .executableTarget(name: "bench-service", dependencies: [spine, grdb], path: "Service"),
    .executableTarget(name: "bench-client", dependencies: [spine], path: "Client"),
    .executableTarget(name: "bench-nightly", dependencies: [spine, followup, grdb], path: "Nightly"),
    .executableTarget(name: "bench-mail", dependencies: [spine, notifier], path: "Mail"),
    .executableTarget(name: "bench-plan", dependencies: [planner], path: "plan", exclude: ["peers.py"]),
  ],
  swiftLanguageModes: [.v6]
)
