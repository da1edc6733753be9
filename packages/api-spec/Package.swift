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
    name: "api-spec",
    products: [
        .library(name: "WaiaasAPI", targets: ["WaiaasAPI"]),
        .library(name: "WaiaasOpenAPI", targets: ["WaiaasOpenAPI"]),
        .library(name: "WaiaasTransport", targets: ["WaiaasTransport"]),
        .library(name: "WaiaasClient", targets: ["WaiaasClient"]),
    ],
    dependencies: [.package(path: "../core")],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(
            name: "WaiaasAPI",
            dependencies: [.product(name: "WaiaasCore", package: "core")],
            swiftSettings: strictAndSafe),
        .target(
            name: "WaiaasOpenAPI",
            dependencies: ["WaiaasAPI", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strictAndSafe),
        .target(name: "WaiaasTransport", dependencies: ["CCurl"], swiftSettings: strict),
        .target(
            name: "WaiaasClient",
            dependencies: ["WaiaasAPI", "WaiaasTransport", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strictAndSafe),
        .testTarget(
            name: "WaiaasAPITests",
            dependencies: [
                "WaiaasAPI", "WaiaasOpenAPI", "WaiaasClient", "WaiaasTransport", .product(name: "WaiaasCore", package: "core"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
