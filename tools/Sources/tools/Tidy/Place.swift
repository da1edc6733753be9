/// What kind of file it is, by its path from the root of the repository.
enum Place {
    /// Sources of the product's packages.
    case library
    /// The composition of the binary.
    case binary
    /// Tests and what they are made with.
    case test
    /// The developers' tool, and what is built for checking alone.
    case tool
    /// A package's manifest.
    case manifest

    init(path: String) {
        if path.hasSuffix("Package.swift") {
            self = .manifest
        } else if path.contains("/Tests/") || path.contains("TestSupport/") {
            self = .test
        } else if path.hasPrefix("packages/") {
            self = .library
        } else if path.hasPrefix("apps/") {
            self = .binary
        } else {
            self = .tool
        }
    }

    /// What is shipped.
    static let product: Set<Place> = [.library, .binary]
}
