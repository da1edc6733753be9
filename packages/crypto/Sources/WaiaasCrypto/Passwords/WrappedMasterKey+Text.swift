import WaiaasCore

extension WrappedMasterKey {
    /// The line to keep.
    public var text: String {
        let body = String(decoding: Self.prefix(parameters, salt), as: UTF8.self) + Base64URL.encode(sealed) + "$"
        return body + Self.check(of: body)
    }

    /// Reads a line; nothing is computed from it, and no memory is asked for on its word, before its bounds are checked.
    /// - Parameter text: the line; one newline at its end is dropped.
    /// - Throws: `WrappedMasterKeyError.malformed`, `.unknownVersion`, `.damaged` or `.parametersRefused`.
    public init(parsing text: String) throws(WrappedMasterKeyError) {
        guard text.utf8.count <= Self.longestText else { throw .malformed("too long") }
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let parts = line.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts[0].isEmpty, parts[1] == "waiaas-master-key" else { throw .malformed("not a wrapped master key") }
        guard parts[2] == "v=1" else { throw .unknownVersion(String(parts[2].prefix(16))) }
        guard parts.count == 8 else { throw .malformed("a part is missing") }
        guard parts[7] == Self.check(of: parts[..<7].joined(separator: "$") + "$") else { throw .damaged }

        guard parts[3] == "argon2id" else { throw .malformed("password hash") }
        parameters = try Self.parameters(parts[4])
        guard let salt = Base64URL.decode(parts[5]), salt.count == Argon2id.saltLength else { throw .malformed("salt") }
        guard let sealed = Base64URL.decode(parts[6]), sealed.count == Self.masterKeyLength + Envelope.overhead else {
            throw .malformed("sealed key")
        }
        self.salt = salt
        self.sealed = sealed
    }

    private static func parameters(_ text: String) throws(WrappedMasterKeyError) -> Argon2id.Parameters {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 2, fields[0].hasPrefix("m="), fields[1].hasPrefix("t="),
            let memory = Int(fields[0].dropFirst(2)), let passes = Int(fields[1].dropFirst(2)),
            text == "m=\(memory),t=\(passes)"
        else { throw .malformed("parameters") }
        do throws(CryptoError) {
            return try Argon2id.Parameters(memoryKiB: memory, passes: passes)
        } catch {
            throw .parametersRefused(memoryKiB: memory, passes: passes)
        }
    }

    private static func check(of body: String) -> String {
        Base64URL.encode(Array(SHA256.digest(Array(body.utf8)).bytes.prefix(8)))
    }
}
