import CMicroHTTPD

/// The head of a request, checked and copied out of the library's memory.
struct RequestHead {
    let method: HTTPMethod
    let isHead: Bool
    let headers: HTTPHeaders
    /// The announced length of the body; nil if it comes in chunks, 0 if there is none.
    let bodyLength: Int?

    /// Reads the head that `connection` holds.
    ///
    /// The library is lenient where two readers of one head may disagree, which is how requests are smuggled (RFC 9112 section 11.2). It
    /// keeps the lines of a head where they were received and replaces their ends by NUL, so each field must begin where the line before
    /// it ended. That finds a NUL within a line, a folded line, a line that ends in a bare LF and more than one space in the first line.
    ///
    /// - Parameters:
    ///   - method: The method, where the head begins.
    ///   - version: The version of the protocol, where the request line ends.
    ///   - target: The target, which stands before the version.
    ///   - maximum: The bytes a head may have.
    /// - Throws: The status to refuse it with.
    init(
        of connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, target: UnsafePointer<CChar>,
        targetLength: Int, maximum: Int
    ) throws(Refusal) {
        let length = waiaas_mhd_head_bytes(connection)
        let name = String(cString: method)
        guard target == method + name.utf8.count + 1, version == target + targetLength + 1 else { throw Refusal(status: 400) }
        var reader = FieldReader(lineStart: version + FieldReader.versionBytes + FieldReader.lineEndBytes)
        reader.headers.reserve(bytes: length)
        withUnsafeMutablePointer(to: &reader) { reader in
            _ = MHD_get_connection_values_n(connection, .HEADER_KIND, { FieldReader.visit($0, name: $2, $3, value: $4, $5) }, reader)
        }
        guard reader.isSound, reader.lineStart + FieldReader.lineEndBytes == method + length else { throw Refusal(status: 400) }
        let isVersion10 = version[FieldReader.versionBytes - 1] == CChar(bitPattern: UInt8(ascii: "0"))
        let items = MHD_get_connection_values_n(connection, .GET_ARGUMENT_KIND, nil, nil)
        guard length + Int(items) * FieldReader.entryBytes + reader.indexBytes <= maximum else { throw Refusal(status: 431) }
        bodyLength = try reader.bodyLength(isVersion10: isVersion10)
        isHead = name == "HEAD"
        self.method = isHead ? .get : HTTPMethod(name)
        if case .other = self.method {
            guard UnsafeRawBufferPointer(start: method, count: name.utf8.count).allSatisfy(HTTPText.isToken) else {
                throw Refusal(status: 400)
            }
        }
        headers = reader.headers
    }

    /// A head that the server answers by itself.
    struct Refusal: Error {
        let status: Int
    }
}

/// Takes the header fields one by one and notes what decides about the body.
private struct FieldReader {
    /// `HTTP/1.1`.
    static let versionBytes = 8
    /// CR and LF.
    static let lineEndBytes = 2

    /// What the library keeps for a field, a cookie or an item of the query.
    static let entryBytes = 64

    var headers = HTTPHeaders()
    /// What the library keeps for the fields so far.
    var indexBytes = 0
    var lineStart: UnsafePointer<CChar>
    var isSound = true
    private var contentLength: UnsafeRawBufferPointer?
    private var transferEncoding: UnsafeRawBufferPointer?
    private var hasHost = false

    init(lineStart: UnsafePointer<CChar>) {
        self.lineStart = lineStart
    }

    /// The library's iterator; `context` points to a reader.
    static func visit(
        _ context: UnsafeMutableRawPointer?, name: UnsafePointer<CChar>?, _ nameLength: Int, value: UnsafePointer<CChar>?,
        _ valueLength: Int
    ) -> MHD_Result {
        guard let reader = context?.assumingMemoryBound(to: FieldReader.self), let name, let value else { return .NO }
        reader.pointee.take(name: name, nameLength, value: value, valueLength)
        return reader.pointee.isSound ? .YES : .NO
    }

    private mutating func take(name: UnsafePointer<CChar>, _ nameLength: Int, value: UnsafePointer<CChar>, _ valueLength: Int) {
        let name = UnsafeRawBufferPointer(start: name, count: nameLength)
        let value = UnsafeRawBufferPointer(start: value, count: valueLength)
        guard name.baseAddress == UnsafeRawPointer(lineStart), !name.isEmpty, name.allSatisfy(HTTPText.isToken),
            HTTPText.isFieldContent(value), let valueStart = value.baseAddress
        else {
            isSound = false
            return
        }
        lineStart = (valueStart + valueLength + Self.lineEndBytes).assumingMemoryBound(to: CChar.self)
        let trimmed = UnsafeRawBufferPointer(rebasing: value[..<((value.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? -1) + 1)])
        note(name: name, value: trimmed)
        headers.append(name: name, value: trimmed)
    }

    private mutating func note(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        indexBytes += Self.entryBytes
        switch name.count {
        // The library takes a copy apart.
        case 6 where Self.equal(name, "cookie"):
            indexBytes += value.count + value.count { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") } * Self.entryBytes
        case 4 where Self.equal(name, "host"):
            isSound = isSound && !hasHost
            hasHost = true
        case 14 where Self.equal(name, "content-length"):
            isSound = isSound && contentLength == nil
            contentLength = value
        case 17 where Self.equal(name, "transfer-encoding"):
            isSound = isSound && transferEncoding == nil
            transferEncoding = value
        default: break
        }
    }

    /// The length of the body that the head announces (RFC 9112 section 6.3); `Host` must be there since HTTP/1.1 (section 3.2).
    func bodyLength(isVersion10: Bool) throws(RequestHead.Refusal) -> Int? {
        guard hasHost || isVersion10 else { throw RequestHead.Refusal(status: 400) }
        if let transferEncoding {
            guard contentLength == nil, !isVersion10 else { throw RequestHead.Refusal(status: 400) }
            guard transferEncoding.count == 7, Self.equal(transferEncoding, "chunked") else { throw RequestHead.Refusal(status: 501) }
            return nil
        }
        guard let contentLength else { return 0 }
        guard !contentLength.isEmpty else { throw RequestHead.Refusal(status: 400) }
        var length = 0
        for digit in contentLength {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { throw RequestHead.Refusal(status: 400) }
            let (tens, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw RequestHead.Refusal(status: 413) }
            length = sum
        }
        return length
    }

    private static func equal(_ bytes: UnsafeRawBufferPointer, _ literal: StaticString) -> Bool {
        asciiEqual(bytes, UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
