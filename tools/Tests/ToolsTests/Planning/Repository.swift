/// The repository that these tests are part of.
enum Repository {
    /// Its root: five folders above this file.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5).joined(separator: "/")
}
