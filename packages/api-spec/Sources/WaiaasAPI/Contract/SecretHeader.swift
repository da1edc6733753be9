/// A header field that carries a secret: no body and no query holds one, since those become texts on their way.
public struct SecretHeader: Hashable, Sendable {
    /// The field's name.
    public let name: String
    /// What it is.
    public let text: String

    /// A field.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
