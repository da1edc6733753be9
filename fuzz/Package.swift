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
    name: "fuzz",
    dependencies: [.package(path: "../packages/core"), .package(path: "../packages/crypto"), .package(path: "../packages/daemon")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "WaiaasCore", package: "core"), .product(name: "WaiaasTemplates", package: "core"),
                .product(name: "WaiaasCrypto", package: "crypto"),
                .product(name: "WaiaasHTTP", package: "daemon"), .product(name: "WaiaasInstance", package: "daemon"),
            ],
            // libFuzzer brings the main function.
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    ],
    swiftLanguageModes: [.v6]
)
