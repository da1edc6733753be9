/// A base URL that a request's target can be appended to: scheme and authority, nothing else.
struct BaseURL: Hashable, Sendable {
    let text: String
    /// Whether a credential may be sent: over TLS, or to this very machine.
    let keepsSecrets: Bool

    /// Reads `http://host[:port]` or `https://host[:port]`, with or without a slash at the end; nil for anything else.
    init?(_ text: String) {
        let bare = text.hasSuffix("/") ? String(text.dropLast()) : text
        let isTLS = bare.hasPrefix("https://")
        guard isTLS || bare.hasPrefix("http://") else { return nil }
        let authority = bare.dropFirst(isTLS ? 8 : 7)
        // No user information, path, query or space: what is left is a name or an address, and a port.
        guard !authority.isEmpty, authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
            !authority.contains(where: { "/?#@\\".contains($0) })
        else { return nil }
        self.text = bare
        keepsSecrets = isTLS || Self.isLoopback(authority)
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        if authority.hasPrefix("[") { return authority == "[::1]" || authority.hasPrefix("[::1]:") }
        let host = authority.prefix { $0 != ":" }
        if host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
