public import WaiaasCore

/// How a stream is to be sent (facts A.7). Every one of them may be left out, and a parameter that nobody knows is left aside: pages add
/// some to an image's address to have it loaded anew.
public struct StreamParameters: Equatable, Sendable {
    /// Whether each frame is sent twice.
    public let doubleFrame: Bool?
    /// Whether the stream is sent to a person's browser too.
    public let asBot: Bool?
    /// After how many milliseconds without a frame the newest is sent again; 0 for never.
    public let keepAlive: Int64?
    /// How many milliseconds after the first frame updates begin.
    public let delayedStart: Int64?

    /// What is not said takes its default.
    public init(doubleFrame: Bool? = nil, asBot: Bool? = nil, keepAlive: Int64? = nil, delayedStart: Int64? = nil) {
        self.doubleFrame = doubleFrame
        self.asBot = asBot
        self.keepAlive = keepAlive
        self.delayedStart = delayedStart
    }

    /// All of them said.
    static let example = StreamParameters(doubleFrame: true, asBot: true, keepAlive: 10_000, delayedStart: 500)

    /// The members of a message that holds them.
    static func fields<Root: Sendable>(of root: @escaping @Sendable (Root) -> StreamParameters) -> [Field<Root>] {
        [
            .optional(
                "double_frame", { root($0).doubleFrame },
                "Whether each frame is sent twice. Default: yes for browsers of the Chromium family, which draw a frame when the next begins."
            ),
            .optional("as_bot", { root($0).asBot }, "Whether a person's browser gets the stream too, and not the page around it."),
            .optional(
                "keep_alive", { root($0).keepAlive },
                "After how many milliseconds without a frame the newest is sent again: default 30000, at least 1000, 0 for never.",
                schema: .integer(0...3_600_000)),
            .optional(
                "delayed_start", { root($0).delayedStart }, "How many milliseconds after the first frame updates begin; default 0.",
                schema: .integer(0...600_000)),
        ]
    }

    /// Reads them from the message that holds them.
    init(reading object: ObjectReader) throws(UnreadableField) {
        doubleFrame = try object.optional("double_frame")
        asBot = try object.optional("as_bot")
        keepAlive = try object.optional("keep_alive")
        delayedStart = try object.optional("delayed_start")
    }
}

/// The beginning of a stream; what follows has no end.
public struct StreamBytes: Payload {
    /// The bytes before the first frame.
    public let bytes: [UInt8]

    /// A beginning from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Parts, each a whole picture that takes the place of the one before.
    public static let content = Content.document(mediaType: "multipart/x-mixed-replace; boundary=frame")
    /// One part.
    public static let example = StreamBytes(
        Array("--frame\r\nContent-Type: image/svg+xml\r\nContent-Length: 6\r\n\r\n<svg/>\r\n--frame\r\n".utf8))

    /// Takes the bytes as they are.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

    /// The bytes as they are.
    public func encoded() -> [UInt8] { bytes }
}
