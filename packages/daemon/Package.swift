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
    ],
    dependencies: [
        .package(path: "../core"), .package(path: "../crypto"), .package(path: "../storage"), .package(path: "../api-spec"),
    ],
    targets: [
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .target(name: "WaiaasHTTP", dependencies: ["CMicroHTTPD"], swiftSettings: strict),
        .testTarget(name: "WaiaasHTTPTests", dependencies: ["WaiaasHTTP"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
