/// The header fields of a request, in one block of bytes: `[name length][value length][name][value]…`, lengths as `UInt32`.
///
/// One block is one allocation for a request, and a lookup makes a string of the one value that is asked for.
public struct HTTPHeaders: Sendable {
    /// The two lengths before each name.
    private static let prefixBytes = 8

    private var block: [UInt8] = []

    /// No fields.
    public init() {}

    /// These fields, for requests made by hand.
    public init(_ fields: [(name: String, value: String)]) {
        for field in fields {
            var (name, value) = (field.name, field.value)
            name.withUTF8 { name in
                value.withUTF8 { value in append(name: UnsafeRawBufferPointer(name), value: UnsafeRawBufferPointer(value)) }
            }
        }
    }

    /// The value of the first field called `name`, or nil; bytes that are not UTF-8 are replaced by U+FFFD.
    ///
    /// - Parameter name: Compared without regard to ASCII case (RFC 9110 section 5.1).
    public subscript(_ name: String) -> String? {
        var found: String?
        visit(named: name) { value in
            found = String(decoding: block[value], as: UTF8.self)
            return false
        }
        return found
    }

    /// The values of all fields called `name`, in the order they came: more than one means that the field was sent twice.
    public func values(of name: String) -> [String] {
        var found: [String] = []
        visit(named: name) { value in
            found.append(String(decoding: block[value], as: UTF8.self))
            return true
        }
        return found
    }

    /// Lends the bytes of the first field called `name` for the length of a call: a secret needs no string on its way.
    ///
    /// - Returns: What `body` returns, or nil if there is no such field.
    public func withBytes<Value, Failure: Error>(of name: String, _ body: (RawSpan) throws(Failure) -> Value) throws(Failure) -> Value? {
        var result: Result<Value, Failure>?
        visit(named: name) { value in
            result = Result { () throws(Failure) in try body(block[value].span.bytes) }
            return false
        }
        return try result?.get()
    }

    /// The bytes of the field called `name` where they lie in the block; nil if there is no such field or more than one.
    public func onlyValue(of name: String) -> ArraySlice<UInt8>? {
        var found: (count: Int, value: Range<Int>) = (0, 0..<0)
        visit(named: name) { value in
            found = (found.count + 1, value)
            return true
        }
        return found.count == 1 ? block[found.value] : nil
    }

    /// How many fields are called `name`.
    public func count(of name: String) -> Int {
        var count = 0
        visit(named: name) { _ in
            count += 1
            return true
        }
        return count
    }

    /// Makes room for a head of `bytes` bytes.
    mutating func reserve(bytes: Int) {
        block.reserveCapacity(bytes + Self.prefixBytes * 8)
    }

    /// Adds a field; both parts are copied.
    mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        withUnsafeBytes(of: (UInt32(clamping: name.count), UInt32(clamping: value.count))) { block.append(contentsOf: $0) }
        block.append(contentsOf: name)
        block.append(contentsOf: value)
    }

    /// Shows `body` where in the block the value of each field called `name` lies, until it answers false.
    private func visit(named name: String, _ body: (Range<Int>) -> Bool) {
        var name = name
        name.withUTF8 { name in
            block.withUnsafeBytes { bytes in
                var offset = 0
                while offset < bytes.count {
                    let nameLength = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                    let valueLength = Int(bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
                    let nameStart = offset + Self.prefixBytes
                    let valueStart = nameStart + nameLength
                    offset = valueStart + valueLength
                    guard nameLength == name.count,
                        asciiEqual(UnsafeRawBufferPointer(rebasing: bytes[nameStart..<valueStart]), UnsafeRawBufferPointer(name))
                    else { continue }
                    if !body(valueStart..<offset) { return }
                }
            }
        }
    }
}

/// Whether two runs of bytes of the same length are equal but for the case of ASCII letters.
func asciiEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<left.count where left[index] != right[index] {
        let (lower, other) = (left[index] | 0x20, right[index] | 0x20)
        guard lower == other, lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") else { return false }
    }
    return true
}
