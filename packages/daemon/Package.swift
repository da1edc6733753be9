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
    name: "daemon",
    products: [
        .library(name: "WaiaasHTTP", targets: ["WaiaasHTTP"]),
        .library(name: "WaiaasDaemon", targets: ["WaiaasDaemon"]),
        // For other people's services: they verify events with it.
        .library(name: "WaiaasEvents", targets: ["WaiaasEvents"]),
        // For the fuzzers, which read configuration files.
        .library(name: "WaiaasInstance", targets: ["WaiaasInstance"]),
    ],
    dependencies: [
        .package(path: "../core"), .package(path: "../crypto"), .package(path: "../storage"), .package(path: "../api-spec"),
    ],
    targets: [
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .target(name: "CProcess"),
        .target(name: "CToml"),
        .target(
            name: "WaiaasInstance",
            dependencies: [
                "CProcess", "CSystemd", "CToml", .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasCrypto", package: "crypto"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasInstanceTests",
            dependencies: [
                "WaiaasInstance", "CProcess", .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasCrypto", package: "crypto"), .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
        // The files of the page of panels become a part of the binary.
        .target(
            name: "WaiaasPage",
            resources: [.embedInCode("page.html"), .embedInCode("page.css"), .embedInCode("page.js"), .embedInCode("icon.svg")],
            swiftSettings: strict),
        .target(name: "WaiaasHTTP", dependencies: ["CMicroHTTPD"], swiftSettings: strict),
        .target(
            name: "WaiaasEvents",
            dependencies: [
                .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasCrypto", package: "crypto"),
                .product(name: "WaiaasTransport", package: "api-spec"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasEventsTests",
            dependencies: [
                "WaiaasEvents", .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasCrypto", package: "crypto"),
                .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
        .target(
            name: "WaiaasDaemon",
            dependencies: [
                "WaiaasEvents", "WaiaasHTTP", "WaiaasInstance", "WaiaasPage", .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasTemplates", package: "core"),
                .product(name: "WaiaasCrypto", package: "crypto"), .product(name: "WaiaasStorageSQLite", package: "storage"),
                .product(name: "WaiaasBackup", package: "storage"), .product(name: "WaiaasStorageRedis", package: "storage"),
                .product(name: "WaiaasAPI", package: "api-spec"), .product(name: "WaiaasOpenAPI", package: "api-spec"),
                .product(name: "WaiaasClient", package: "api-spec"), .product(name: "WaiaasTransport", package: "api-spec"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasDaemonTests",
            dependencies: [
                "WaiaasDaemon", "WaiaasEvents", "WaiaasHTTP", "WaiaasInstance", .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasCrypto", package: "crypto"), .product(name: "WaiaasAPI", package: "api-spec"),
                .product(name: "WaiaasBackup", package: "storage"), .product(name: "WaiaasStorageSQLite", package: "storage"),
                .product(name: "WaiaasStorageTestSupport", package: "storage"),
                .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
        .testTarget(name: "WaiaasHTTPTests", dependencies: ["WaiaasHTTP"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
