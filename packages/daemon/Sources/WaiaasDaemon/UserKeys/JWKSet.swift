import WaiaasCore
import WaiaasCrypto

/// The published keys of the user ring (RFC 7517 section 5): made once for each ring, answered from memory.
struct JWKSet: Sendable {
    /// The document: public halves only, since nothing else can be written of a ``PublicJWK``.
    let json: [UInt8]
    /// Its entity tag, quotation marks included.
    let etag: String

    /// The set of a ring: the key that signs, those that will, those that did.
    init(of ring: UserRing) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("keys")
        writer.beginArray()
        for key in [ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees { writer.json(key.material.publicHalf.json) }
        writer.endArray()
        writer.endObject()
        json = writer.bytes
        etag = "\"\(String(SHA256.digest(json).description.prefix(32)))\""
    }

    /// Whether who sends this `If-None-Match` has the document already (RFC 9110 section 13.1.2). Compared weakly: a proxy that
    /// compresses may have marked the tag `W/`.
    func isKnown(by condition: String?) -> Bool {
        guard let condition else { return false }
        return condition.split(separator: ",").contains { entry in
            let tag = entry.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            return tag == "*" || tag == etag || (tag.hasPrefix("W/") && tag.dropFirst(2) == etag)
        }
    }
}
