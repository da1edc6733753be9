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
    name: "storage",
    products: [
        .library(name: "WaiaasBackup", targets: ["WaiaasBackup"]),
        .library(name: "WaiaasStorageRedis", targets: ["WaiaasStorageRedis"]),
        .library(name: "WaiaasStorageSQLite", targets: ["WaiaasStorageSQLite"]),
        .library(name: "WaiaasStorageTestSupport", targets: ["WaiaasStorageTestSupport"]),
    ],
    dependencies: [.package(path: "../core")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "WaiaasBackup", dependencies: ["CZlib", .product(name: "WaiaasCore", package: "core")], swiftSettings: strict),
        .testTarget(
            name: "WaiaasBackupTests",
            dependencies: [
                "WaiaasBackup", .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "WaiaasStorageSQLite",
            dependencies: ["CSQLite", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strict),
        // Without `pkgConfig`: hiredis.pc carries a flag that SwiftPM prohibits, with a warning on every build.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .target(
            name: "WaiaasStorageRedis",
            dependencies: ["CHiredis", "WaiaasBackup", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasStorageRedisTests",
            dependencies: [
                "WaiaasBackup", "WaiaasStorageRedis", "WaiaasStorageSQLite", "WaiaasStorageTestSupport",
                .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
        .target(
            name: "WaiaasStorageTestSupport",
            dependencies: ["WaiaasStorageSQLite", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasStorageSQLiteTests",
            dependencies: [
                "CSQLite", "WaiaasStorageSQLite", "WaiaasStorageTestSupport", .product(name: "WaiaasCore", package: "core"),
                .product(name: "WaiaasTestSupport", package: "core"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
