import WaiaasCore

/// One line of `audit-checkpoints.jsonl`: a public key or a checkpoint, as a JSON object.
enum CheckpointLine: Equatable {
    case key(AuditPublicKey)
    case checkpoint(AuditCheckpoint)

    /// The line, with its end.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        func field(_ name: String, _ value: String) {
            writer.key(name)
            writer.string(value)
        }
        switch self {
        case .key(let key):
            field("type", "key")
            field("kid", key.kid.text)
            field("publicKey", Base64URL.encode(key.bytes))
            field("createdAt", key.createdAt.iso8601)
            if let voucher = key.voucher {
                field("signedBy", voucher.kid.text)
                field("signature", Base64URL.encode(voucher.signature))
            }
        case .checkpoint(let checkpoint):
            field("type", "checkpoint")
            writer.key("sequence")
            writer.integer(checkpoint.sequence)
            field("hash", checkpoint.hash.description)
            field("time", checkpoint.time.iso8601)
            field("kid", checkpoint.kid.text)
            field("signature", Base64URL.encode(checkpoint.signature))
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a line without its end; nil if it is neither.
    init?(_ line: [UInt8]) {
        guard let root = try? JSONDocument(scanning: line).root, root.kind == .object,
            let kid = root.member("kid")?.string.flatMap({ KeyID($0) })
        else { return nil }
        func bytes(_ name: String) -> [UInt8]? { root.member(name)?.string.flatMap { Base64URL.decode($0) } }
        func time(_ name: String) -> WallTime? { root.member(name)?.string.flatMap { WallTime(iso8601: $0) } }
        switch root.member("type")?.string {
        case "key":
            guard let publicKey = bytes("publicKey"), let createdAt = time("createdAt") else { return nil }
            var voucher: AuditPublicKey.Voucher?
            if let signedBy = root.member("signedBy")?.string {
                guard let signer = KeyID(signedBy), let signature = bytes("signature") else { return nil }
                voucher = AuditPublicKey.Voucher(kid: signer, signature: signature)
            }
            self = .key(AuditPublicKey(kid: kid, bytes: publicKey, createdAt: createdAt, voucher: voucher))
        case "checkpoint":
            guard let sequence = root.member("sequence")?.integer, sequence > 0,
                let hash = root.member("hash")?.string.flatMap({ Digest256(hex: $0) }), let time = time("time"),
                let signature = bytes("signature")
            else { return nil }
            self = .checkpoint(AuditCheckpoint(sequence: sequence, hash: hash, time: time, kid: kid, signature: signature))
        default: return nil
        }
    }
}
