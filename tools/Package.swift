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
    name: "tools",
    products: [
        .executable(name: "tools", targets: ["tools"]),
        // For the tests of streams: the crowd that the benchmark measures with.
        .library(name: "StreamCrowd", targets: ["StreamCrowd"]),
    ],
    dependencies: [.package(path: "../packages/core"), .package(path: "../packages/api-spec"), .package(path: "../packages/cli")],
    targets: [
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CMemory"),
        .target(name: "StreamCrowd", dependencies: ["CEpoll"], swiftSettings: strict),
        .target(name: "PlanningText", dependencies: ["CMemory", "CYAML", "CPCRE2"], swiftSettings: strict),
        .executableTarget(
            name: "tools",
            dependencies: [
                "PlanningText", "StreamCrowd",
                .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasOpenAPI", package: "api-spec"),
                .product(name: "WaiaasTransport", package: "api-spec"),
                .product(name: "WaiaasCLI", package: "cli"),
            ],
            swiftSettings: strictAndSafe),
        .testTarget(
            name: "ToolsTests", dependencies: ["tools", "PlanningText"], resources: [.copy("Planning/Fixtures")], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
