/// Where a value stands in a request; turned into text only when there is an issue to report.
indirect enum SchemaPath: CustomStringConvertible {
    /// The whole document, by this name.
    case root(String)
    /// A member of an object.
    case member(SchemaPath, String)
    /// An element of a list.
    case element(SchemaPath, Int)

    /// For example `$.constraints.allowedOperations[1]`.
    var description: String {
        switch self {
        case .root(let name): name
        case .member(let parent, let name): "\(parent).\(name)"
        case .element(let parent, let index): "\(parent)[\(index)]"
        }
    }
}
