/// What a JSON document may cost before anything of it is decoded.
public struct JSONLimits: Sendable, Equatable {
    /// Largest document, in bytes.
    public var bytes: Int
    /// Deepest nesting of arrays and objects; a scalar alone has depth 0.
    public var depth: Int
    /// Most members of one object.
    public var members: Int

    /// Creates limits.
    /// - Parameters:
    ///   - bytes: largest document, in bytes; what exceeds `largestDocument` is lowered to it.
    ///   - depth: deepest nesting.
    ///   - members: most members of one object.
    public init(bytes: Int, depth: Int = 32, members: Int = 1_024) {
        self.bytes = min(bytes, Self.largestDocument)
        self.depth = depth
        self.members = members
    }

    /// The body of an ordinary request: 64 KiB, depth 32.
    public static let request = JSONLimits(bytes: 64 * 1_024)
    /// A body that carries a template, a document of ours on disk, an answer of a provider: 1 MiB, depth 32.
    public static let large = JSONLimits(bytes: 1_024 * 1_024, members: 16_384)
    /// A header or a payload of a token: 4 KiB, and no more members than a token has use for.
    public static let token = JSONLimits(bytes: 4 * 1_024, depth: 8, members: 64)

    /// No limit may exceed this: positions are kept in 32 bits.
    public static let largestDocument = 1 << 30
}
