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
    name: "apps",
    products: [.executable(name: "waiaas", targets: ["waiaas"])],
    dependencies: [
        .package(path: "../packages/core"), .package(path: "../packages/cli"), .package(path: "../packages/daemon"),
    ],
    targets: [
        .executableTarget(
            name: "waiaas",
            dependencies: [
                .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasCLI", package: "cli"),
                .product(name: "WaiaasDaemon", package: "daemon"),
            ],
            path: "waiaas",
            swiftSettings: strictAndSafe)
    ],
    swiftLanguageModes: [.v6]
)
