// swift-tools-version: 6.2
import PackageDescription

// Dependencies point down: executable → service library → Contracts, Store, Messaging. `make lint`
// checks it (Tests/lint-layers), because SwiftPM lets an undeclared sibling import compile.

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Shared/\(name)")
}

/// Pure parts of the matching service: what plans, and what checks a plan without it.
func planning(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Services/Matching/\(name)")
}

/// A service is a library with its domain, handlers and store, and a thin executable that composes it.
func service(_ folder: String, executable: String, _ others: [Target.Dependency] = []) -> [Target] {
  [
    .target(
      name: "\(folder)Service",
      dependencies: ["Contracts", "Messaging", "Store", "Settings", "Texts", "ServiceRuntime", grdb] + others,
      path: "Services/\(folder)/Library"),
    .executableTarget(
      name: executable, dependencies: [.target(name: "\(folder)Service"), "ServiceRuntime"],
      path: "Services/\(folder)/Executable"),
  ]
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, excluding excluded: [String] = []
) -> Target {
  .testTarget(
    name: name,
    dependencies: ["Contracts", "Messaging", "Settings", "Store", "Texts", "ServiceRuntime", "TestSupport", grdb]
      + dependencies,
    path: path ?? "Tests/\(name)", exclude: excluded)
}

let package = Package(
  name: "handslag",
  products: [
    .executable(name: "membership", targets: ["membership"]),
    .executable(name: "matching", targets: ["matching"]),
    .executable(name: "followup", targets: ["followup"]),
    .executable(name: "notification", targets: ["notification"]),
    .executable(name: "board", targets: ["board"]),
    .executable(name: "programme", targets: ["programme"]),
    .executable(name: "handslag", targets: ["handslag"]),
    // For Tests/Benchmarks, a package of its own.
    .library(name: "FollowUp", targets: ["FollowUpService"]),
    .library(name: "Notifier", targets: ["NotificationService"]),
    .library(name: "Planner", targets: ["Planner"]),
    .library(
      name: "Spine",
      targets: [
        "Contracts", "MembershipService", "Messaging", "MessagingZeroMQ", "ServiceRuntime", "Store", "TestSupport",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "CZeroMQ", path: "Shared/CZeroMQ",
      providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(
      name: "CCurl", path: "Shared/CCurl",
      providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CSodium", path: "Shared/CSodium",
      providers: [.apt(["libsodium-dev"])]),
    shared("ZeroMQ", ["CZeroMQ"]),
    shared("SMTP", ["CCurl"]),
    shared("Messaging"),
    shared("MessagingZeroMQ", ["Messaging", "ZeroMQ", log]),
    shared("Store", ["CSodium", "Messaging", grdb]),
    shared("Contracts", ["Messaging"]),
    shared("Texts", ["Contracts", "Messaging"]),
    shared("Register", ["Contracts", "Texts"]),
    shared("Settings", ["Contracts", "Texts", configuration]),
    shared(
      "ServiceRuntime",
      [
        "Contracts", "Messaging", "MessagingZeroMQ", "Settings", "Store", "Texts", log, lifecycle, arguments, grdb,
      ]),
  ]
    + [planning("Planner"), planning("PlanCheck"), planning("Rules", ["Contracts", "Texts", "Planner"])]
    + service("Membership", executable: "membership", ["Register"])
    + service("Matching", executable: "matching", ["Planner", "Rules"])
    + service("FollowUp", executable: "followup")
    + service("Notification", executable: "notification", ["SMTP", mustache])
    + [
      .target(
        name: "BoardClient",
        dependencies: [
          "Contracts", "Messaging", "MessagingZeroMQ", "Planner", "PlanCheck", "Register", "Rules", "Settings", "Texts",
          log, arguments,
        ],
        path: "Services/Board/Library"),
      .executableTarget(
        name: "board", dependencies: ["BoardClient"], path: "Services/Board/Executable"),
      .executableTarget(
        name: "programme",
        dependencies: [
          "BoardClient", "Contracts", "Messaging", "MessagingZeroMQ", "Settings", "Store", "Texts", arguments, signals,
        ],
        path: "Services/Programme", exclude: ["Sample"]),
      .executableTarget(
        name: "handslag",
        dependencies: [
          "BoardClient", "Contracts", "FollowUpService", "MatchingService", "MembershipService", "NotificationService",
          "ServiceRuntime",
        ],
        path: "Services/AllInOne"),
      .target(
        name: "TestSupport",
        dependencies: ["Contracts", "Messaging", "MessagingZeroMQ", "Store", "ServiceRuntime", "ZeroMQ", grdb, log],
        path: "Tests/TestSupport"),
      .executableTarget(name: "planted-fault", path: "Tests/Sanitizers/PlantedFault"),
      tests("ZeroMQTests", ["ZeroMQ", "MessagingZeroMQ"]),
      .target(name: "Simulation", dependencies: ["Messaging", "TestSupport"], path: "Tests/Simulation"),
      tests("MessagingTests", ["Simulation"]),
      tests("StoreTests"),
      tests("ContractsTests", excluding: ["Golden"]),
      tests("TextsTests"),
      tests("RuntimeTests"),
      tests("RegisterTests", ["Register"]),
      tests("BoardTests", ["BoardClient"]),
      tests("MembershipTests", ["MembershipService", "Register"]),
      tests("PlannerTests", ["Planner", "PlanCheck"], excluding: ["peer.py"]),
      tests("RulesTests", ["Rules", "Planner"]),
      tests("MatchingTests", ["MatchingService", "Rules"]),
      tests("FollowUpTests", ["FollowUpService", "NotificationService"]),
      tests("SMTPTests", ["SMTP"]),
      tests("NotificationTests", ["NotificationService", "BoardClient", "SMTP"], excluding: ["Snapshots"]),
      tests("DeployTests"),
      tests("FuzzTests", ["BoardClient", "PlanCheck", "Planner", "Register"], excluding: ["Corpus"]),
      tests(
        "SystemTests", ["BoardClient", "MessagingZeroMQ", "Register", "ZeroMQ"],
        excluding: ["Stores", "peer.py", "raw_search.py"]),
      tests(
        "FaultTests", ["BoardClient", "MessagingZeroMQ", "Simulation", "ZeroMQ"], path: "Tests/Faults",
        excluding: ["REPORT.md"]),
    ],
  swiftLanguageModes: [.v6]
)
