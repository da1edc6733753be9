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
    name: "core",
    products: [
        .library(name: "WaiaasCore", targets: ["WaiaasCore"]),
        .library(name: "WaiaasTemplates", targets: ["WaiaasTemplates"]),
        .library(name: "WaiaasTestSupport", targets: ["WaiaasTestSupport"]),
    ],
    targets: [
        .target(name: "WaiaasCore", swiftSettings: strictAndSafe),
        .target(name: "WaiaasTemplates", dependencies: ["WaiaasCore"], swiftSettings: strictAndSafe),
        .target(name: "WaiaasTestSupport", dependencies: ["WaiaasCore"], swiftSettings: strictAndSafe),
        .testTarget(name: "WaiaasCoreTests", dependencies: ["WaiaasCore", "WaiaasTestSupport"], swiftSettings: strict),
        .testTarget(name: "WaiaasTemplatesTests", dependencies: ["WaiaasCore", "WaiaasTemplates"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
