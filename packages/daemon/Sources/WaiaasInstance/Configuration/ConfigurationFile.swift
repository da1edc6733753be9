public import WaiaasCore
public import WaiaasCrypto

/// The file `config.toml` of a data directory.
public enum ConfigurationFile {
    /// The most bytes it may have.
    public static let limit = 1 << 20

    /// Reads a file into entries with their places; says nothing yet of what the settings mean.
    ///
    /// - Parameter path: a plain file; a symbolic link is refused.
    public static func read(_ path: String) throws(ConfigurationFault) -> ConfigurationDocument {
        var bytes: [UInt8]
        do throws(DataDirectoryError) {
            bytes = try BoundedFile.read(path, limit: limit)
        } catch {
            switch error {
            case .tooLarge(_, let limit): throw .tooLarge(path: path, limit: limit)
            case .system(_, let reason), .unsafe(_, let reason): throw .unreadable(path: path, reason: reason)
            default: throw .unreadable(path: path, reason: error.description)
            }
        }
        // The first session secret is in there.
        defer { bytes.wipe() }
        return ConfigurationDocument(path: path, entries: try TOMLReader.entries(of: bytes, path: path))
    }

    /// Writes the file that `init` leaves: the template with the first session secret in its place.
    ///
    /// - Parameters:
    ///   - path: where; replaced atomically, mode 0600.
    ///   - secretHex: the 64 hexadecimal characters of `security.jwt_secret`.
    ///   - values: settings that are set, by dotted names, as TOML.
    public static func writeInitial(
        to path: String, secretHex: SecretBytes, setting values: [String: String] = [:]
    ) throws(DataDirectoryError) {
        let (before, after) = ConfigurationTemplate.aroundSecret(setting: values)
        var text = [UInt8]()
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        text.reserveCapacity(before.utf8.count + secretHex.count + after.utf8.count)
        defer { text.wipe() }
        text.append(contentsOf: before.utf8)
        secretHex.withBytes { bytes in
            for index in 0..<bytes.byteCount { text.append(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
        }
        text.append(contentsOf: after.utf8)
        try AtomicFile.write(text.span.bytes, to: path)
    }

    /// Writes the file of a directory that joined others: it never had a first secret of its own.
    ///
    /// - Parameters:
    ///   - path: where; replaced atomically, mode 0600.
    ///   - values: settings that are set, by dotted names, as TOML.
    public static func writeJoined(to path: String, setting values: [String: String]) throws(DataDirectoryError) {
        let (before, after) = ConfigurationTemplate.aroundSecret(setting: values)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let text =
            lines.joined(separator: "\n") + "\n# jwt_secret is not set: this directory joined others, whose secrets it has."
            + after.dropFirst()
        try AtomicFile.write(Array(text.utf8).span.bytes, to: path)
    }
}
