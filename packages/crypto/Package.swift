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
    name: "crypto",
    products: [.library(name: "WaiaasCrypto", targets: ["WaiaasCrypto"])],
    dependencies: [.package(path: "../core")],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(
            name: "WaiaasCrypto",
            dependencies: ["COpenSSL", "CSodium", .product(name: "WaiaasCore", package: "core")],
            swiftSettings: strict),
        .testTarget(
            name: "WaiaasCryptoTests",
            dependencies: [
                "WaiaasCrypto", .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasTestSupport", package: "core"),
            ],
            resources: [.copy("Vectors")],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
