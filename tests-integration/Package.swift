// swift-tools-version: 6.2
import PackageDescription

/// The settings every target carries: Swift 6, warnings are errors, imports are internal unless said otherwise.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "tests-integration",
    dependencies: [
        .package(path: "../apps"),
        .package(path: "../packages/core"),
        .package(path: "../packages/api-spec"),
        .package(path: "../tools"),
        .package(path: "../packages/daemon"),
    ],
    targets: [
        // A service of somebody else's that signs and verifies events with the product WaiaasEvents.
        .executableTarget(
            name: "event-traffic",
            dependencies: [
                .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasEvents", package: "daemon"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "event-traffic",
                // The binary under test: named here so that it is built before the tests that start it.
                .product(name: "waiaas", package: "apps"),
                // The contract, and the JSON it is read with: what the daemon answers is held against them. Nothing of the daemon.
                .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasAPI", package: "api-spec"),
                // A module of rules that is compared with other programs of its kind.
                .product(name: "WaiaasTemplates", package: "core"),
                // Many viewers of a stream, as the benchmark has them.
                .product(name: "StreamCrowd", package: "tools"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
