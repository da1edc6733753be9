/// A secret that goes into a header field without ever being a `String`.
///
/// The transport copies the bytes into the request and wipes its copies afterwards. What libcurl copies into its send buffer is freed
/// by it without being wiped.
public protocol HeaderSecret: Sendable {
    /// Shows the bytes for the time of the call.
    func withHeaderBytes(_ body: (RawSpan) -> Void)
}

/// A secret in memory of its own, wiped when the last reference goes.
public final class WipedSecret: HeaderSecret, @unchecked Sendable {
    // tidy:allow unchecked because it owns memory by itself; see the rule below
    // Safe to share: the memory is written in the initialiser and in deinit only.
    private let memory: UnsafeMutableRawBufferPointer

    /// Takes the bytes over and wipes the array they came in.
    public init(taking bytes: inout [UInt8]) {
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        count = bytes.count
        bytes.withUnsafeMutableBytes { source in
            memory.copyMemory(from: UnsafeRawBufferPointer(source))
            Wiping.wipe(source)
        }
        bytes = []
    }

    /// How many bytes it has.
    public let count: Int

    /// Shows the bytes for the time of the call.
    public func withHeaderBytes(_ body: (RawSpan) -> Void) {
        body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[0..<count])))
    }

    deinit {
        Wiping.wipe(memory)
        memory.deallocate()
    }
}
