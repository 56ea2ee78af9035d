// swift-tools-version: 6.2
import PackageDescription

// gRPC's end of the comparison, in a package of its own, so that nothing else builds it.
let package = Package(
  name: "bench-grpc",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
  ],
  targets: [
    .executableTarget(
      name: "bench-grpc",
      dependencies: [
        .product(name: "GRPCCore", package: "grpc-swift-2"),
        .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
