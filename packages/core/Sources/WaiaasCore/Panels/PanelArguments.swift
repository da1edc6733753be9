/// What a panel's template is given: a JSON object, kept as the text it came as.
public struct PanelArguments: Equatable, Sendable {
    /// The object as JSON, UTF-8.
    public let json: [UInt8]

    /// The arguments that a scanned value holds; nil for anything but an object.
    public init?(_ node: JSONNode) {
        guard node.kind == .object else { return nil }
        json = Array(node.source)
    }

    /// The arguments that a stored text holds; nil for anything but a sound JSON object.
    public init?(json: [UInt8]) {
        guard let node = try? JSONDocument(scanning: json, limits: .large).root else { return nil }
        self.init(node)
    }

    private init() { json = Array("{}".utf8) }

    /// No arguments.
    public static let none = PanelArguments()

    /// The object, to read from.
    ///
    /// - Throws: never for arguments of an initialiser, which have passed the same scan.
    public func node() throws(JSONError) -> JSONNode { try JSONDocument(scanning: json, limits: .large).root }
}
