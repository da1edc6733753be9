/// The methods that endpoints use.
public enum HTTPMethod: String, CaseIterable, Sendable {
    /// Reads.
    case get = "GET"
    /// Creates, or asks for an action.
    case post = "POST"
    /// Replaces.
    case put = "PUT"
    /// Changes a part.
    case patch = "PATCH"
    /// Removes.
    case delete = "DELETE"
}
