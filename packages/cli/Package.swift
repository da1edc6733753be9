// swift-tools-version: 6.2
import PackageDescription

/// The settings every target carries: Swift 6, warnings are errors, imports are internal unless said otherwise.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// For targets that wrap no C: an unsafe call must be marked.
let strictAndSafe = strict + [.strictMemorySafety()]

let package = Package(
    name: "cli",
    products: [.library(name: "WaiaasCLI", targets: ["WaiaasCLI"])],
    dependencies: [.package(path: "../core"), .package(path: "../api-spec")],
    targets: [
        .target(
            name: "WaiaasCLI",
            dependencies: [
                .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasAPI", package: "api-spec"),
                .product(name: "WaiaasClient", package: "api-spec"),
                .product(name: "WaiaasTransport", package: "api-spec"),
            ],
            swiftSettings: strictAndSafe),
        .testTarget(
            name: "WaiaasCLITests",
            dependencies: [
                "WaiaasCLI",
                .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasTestSupport", package: "core"),
                .product(name: "WaiaasAPI", package: "api-spec"),
                .product(name: "WaiaasClient", package: "api-spec"),
                .product(name: "WaiaasTransport", package: "api-spec"),
            ],
            exclude: ["Golden"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
