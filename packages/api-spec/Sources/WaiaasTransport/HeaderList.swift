import CCurl
import Glibc

/// The header fields of one request in libcurl's form. It owns the list, and wipes every line before it frees it.
final class HeaderList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPRequest) throws(TransportError) {
        // libcurl would announce a form and wait for "100 Continue"; an empty name switches a field of its own off.
        try append(name: "Expect", prefix: "", value: [])
        for (name, value) in request.headers { try append(name: name, prefix: "", value: Array(value.utf8)) }
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            try append(name: "Content-Type", prefix: "", value: [])
        }
        for field in request.secretHeaders {
            var failure: TransportError?
            field.secret.withHeaderBytes { span in
                span.withUnsafeBytes { bytes in
                    do throws(TransportError) { try append(name: field.name, prefix: field.prefix, value: bytes) } catch { failure = error }
                }
            }
            if let failure { throw failure }
        }
    }

    deinit {
        var line = first
        while let current = line {
            if let text = current.pointee.data { Wiping.wipe(UnsafeMutableRawBufferPointer(start: text, count: strlen(text))) }
            line = current.pointee.next
        }
        curl_slist_free_all(first)
    }

    /// Adds a line by way of one buffer, which is wiped; `Name:` alone switches off a field that libcurl would add.
    private func append(name: String, prefix: String, value: some Collection<UInt8>) throws(TransportError) {
        let isClean = { (byte: UInt8) in byte != 0 && byte != 0x0a && byte != 0x0d }
        guard name.utf8.allSatisfy(isClean), prefix.utf8.allSatisfy(isClean), value.allSatisfy(isClean) else {
            throw .unsendableHeader(name: name)
        }
        let head = Array(name.utf8) + Array((value.isEmpty ? ":" : ": ").utf8) + Array(prefix.utf8)
        let line = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: head.count + value.count + 1)
        defer {
            Wiping.wipe(UnsafeMutableRawBufferPointer(line))
            line.deallocate()
        }
        line.initialize(repeating: 0)
        _ = line.update(fromContentsOf: head)
        _ = UnsafeMutableBufferPointer(rebasing: line[head.count...]).update(fromContentsOf: value)
        let longer = line.withMemoryRebound(to: CChar.self) { curl_slist_append(first, $0.baseAddress) }
        guard let longer else { throw .failed(reason: "out of memory") }
        first = longer
    }
}
