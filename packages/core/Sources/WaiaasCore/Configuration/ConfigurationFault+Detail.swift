extension ConfigurationFault {
    /// The fault for programs: the sentence, and where it stands as far as it stands somewhere.
    public var detail: DetailValue {
        var members = [DetailValue.Member("message", .string(description))]
        switch origin {
        case .file(let path, let position):
            members.append(.init("file", .string(path)))
            members.append(.init("line", .integer(Int64(position.line))))
            members.append(.init("column", .integer(Int64(position.column))))
        case .environment(let variable): members.append(.init("variable", .string(variable)))
        case .flag, .fallback, nil: break
        }
        return .object(members)
    }
}
