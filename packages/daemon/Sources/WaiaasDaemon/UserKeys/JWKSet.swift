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
}
