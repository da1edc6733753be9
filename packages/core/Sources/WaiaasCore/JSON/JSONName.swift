/// The name of a member as ``JSONWriter`` writes it, quoted and with its colon: made once for a type, written with every value of it.
public struct JSONName: Sendable {
    let bytes: [UInt8]

    /// A name from its text.
    public init(_ name: String) {
        var writer = JSONWriter(reserving: name.utf8.count + 3)
        writer.key(name)
        bytes = writer.bytes
    }
}
