/// Where a key stands in its life (design 2.1).
public enum KeyState: String, Sendable, CaseIterable {
    /// Verifies, so that everybody knows it before its first use; signs nothing yet.
    case staged
    /// Signs and verifies. A ring has exactly one such key at every instant.
    case active
    /// Verifies until its overlap ends; signs nothing new.
    case retiring
}
