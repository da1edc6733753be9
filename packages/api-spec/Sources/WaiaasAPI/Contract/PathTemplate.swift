/// The path of an endpoint with places for parameters, for example `/v1/sessions/{id}/renew`.
public struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// One part between slashes.
    public enum Segment: Hashable, Sendable {
        /// This text and no other.
        case literal(String)
        /// Any one segment, by the parameter's name.
        case parameter(String)
    }

    /// The parts in order.
    public let segments: [Segment]
    /// The template as written.
    public let description: String

    /// A template from its text.
    public init(stringLiteral text: String) {
        description = text
        segments = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// The names of the parameters in order.
    public var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// Whether some path fits both templates and neither is the more exact one. A literal beats a parameter at the same place.
    public func clashes(with other: PathTemplate) -> Bool {
        guard segments.count == other.segments.count else { return false }
        return zip(segments, other.segments).allSatisfy { mine, its in
            switch (mine, its) {
            case (.literal(let left), .literal(let right)): left == right
            case (.parameter, .parameter): true
            case (.literal, .parameter), (.parameter, .literal): false
            }
        }
    }

    /// The path with its parameters filled in, each percent-encoded.
    ///
    /// - Parameter value: the text of the parameter of that name.
    public func path(filling value: (String) -> String) -> String {
        let path = segments.reduce(into: "") { path, segment in
            switch segment {
            case .literal(let text): path += "/\(text)"
            case .parameter(let name): path += "/\(PercentEncoding.encoded(value(name)))"
            }
        }
        return path.isEmpty ? "/" : path
    }
}
