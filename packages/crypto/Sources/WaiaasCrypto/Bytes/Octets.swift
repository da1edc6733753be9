extension UnsafeRawBufferPointer {
    /// The same bytes with the element type that C functions ask for; nil if there are none.
    var octets: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    /// The same bytes with the element type that C functions ask for; nil if there are none.
    var octets: UnsafeMutablePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}
