import CProcess
import Glibc
public import WaiaasCore
import WaiaasCrypto

/// The environment of this process. Reading it here keeps `getenv` out of everything else.
public enum ProcessEnvironment {
    /// The variable that holds the master password itself.
    static let passwordVariable = "WAIAAS_MASTER_PASSWORD"

    /// All variables but the master password, which never becomes a `String`.
    public static func variables() -> EnvironmentVariables {
        var values = [String: String]()
        for entry in entries() {
            let text = String(cString: entry)
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { continue }
            // As with getenv, the first of two entries of one name counts.
            let name = String(text[..<equals])
            if values[name] == nil { values[name] = String(text[text.index(after: equals)...]) }
        }
        return EnvironmentVariables(values)
    }

    /// What the process was called with, its own name first; complete also where `CommandLine.arguments` is not.
    public static func arguments() -> [String] {
        guard let list = waiaas_arguments() else { return [] }
        return (0..<Int(waiaas_argument_count())).compactMap { list[$0].map { String(cString: $0) } }
    }

    /// The id of this process.
    public static var processID: Int32 { getpid() }

    /// The absolute path that relative ones are relative to; the root if the system cannot tell.
    public static func workingDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// Whether a variable is set to something.
    static func isSet(_ name: String) -> Bool {
        // tidy:allow seam because this is where the environment comes in
        guard let value = getenv(name) else { return false }
        return value.pointee != 0
    }

    /// Moves the value of a variable into guarded memory, overwrites it where it stood (what `/proc/<pid>/environ` shows), and unsets it.
    ///
    /// Call it before threads run that may read the environment.
    ///
    /// - Parameter limit: the most bytes that are taken; a longer value comes with one byte more, so that the caller sees it is too long.
    /// - Returns: nil if the variable is not set.
    static func takeSecret(_ name: String, limit: Int) throws(CryptoError) -> SecretBytes? {
        // tidy:allow seam because this is where the environment comes in
        guard let value = getenv(name) else { return nil }
        let length = strlen(value)
        defer {
            explicit_bzero(value, length)
            unsetenv(name)
        }
        return try SecretBytes(copying: RawSpan(_unsafeStart: UnsafeRawPointer(value), byteCount: min(length, limit + 1)))
    }

    /// The raw entries, without the master password's.
    static func entries() -> [UnsafeMutablePointer<CChar>] {
        guard var next = waiaas_environment() else { return [] }
        let secret = passwordVariable + "="
        var entries = [UnsafeMutablePointer<CChar>]()
        while let entry = next.pointee {
            if strncmp(entry, secret, secret.utf8.count) != 0 { entries.append(entry) }
            next += 1
        }
        return entries
    }

    /// The raw entries of these names; of two of one name the first.
    static func entries(named names: [String]) -> [UnsafeMutablePointer<CChar>] {
        let entries = entries()
        return names.compactMap { name in
            let start = name + "="
            return entries.first { strncmp($0, start, start.utf8.count) == 0 }
        }
    }
}
