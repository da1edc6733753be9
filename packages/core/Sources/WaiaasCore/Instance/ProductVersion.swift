/// The version of the product: one place, read by the health answer, the OpenAPI document and `--version`.
public enum ProductVersion {
    /// The version of this source tree, by Semantic Versioning 2.0.0.
    public static let current = "0.1.0"
    /// No copy of this version was made before: a clock that says less is wrong. Raised with ``current``.
    public static let notBefore = WallTime(seconds: 1_795_219_200)
}
