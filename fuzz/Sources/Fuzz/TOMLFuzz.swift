@testable import WaiaasInstance

/// `config.toml`, through the C++ library and our visitor.
enum TOMLFuzz {
    @Sendable static func run(_ bytes: [UInt8]) {
        guard bytes.count <= 64 << 10 else { return }
        _ = try? TOMLReader.entries(of: bytes, path: "config.toml")
    }
}
