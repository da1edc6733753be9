import WaiaasAPI
import WaiaasCore

/// The refusals of the API as response components, one for each set of codes that some endpoint answers with one status.
enum RefusalComponents {
    /// The codes that an endpoint answers with one status.
    struct Group: Hashable {
        let status: Int
        let codes: [ProblemCode]
        let form: RefusalForm

        /// The component's name: the form where it is not ours, the status and the codes.
        var name: String {
            let prefix =
                switch form {
                case .problem: ""
                case .oauth: "oauth."
                case .withError: "public."
                }
            return prefix + "\(status)." + codes.map(\.text).joined(separator: ".")
        }
    }

    /// The groups of an endpoint, by status.
    static func groups(of endpoint: Endpoint) -> [Group] {
        Dictionary(grouping: endpoint.problems, by: \.status).map { Group(status: $0.key, codes: $0.value, form: endpoint.refusalForm) }
            .sorted {
                $0.status < $1.status
            }
    }

    /// Every group that some endpoint has, by name.
    static var all: [DetailValue.Member] {
        Set(Catalogue.endpoints.flatMap(groups(of:))).sorted { $0.name < $1.name }.map { .init($0.name, component($0)) }
    }

    /// The form of a refusal with the codes as an enumeration, and an example of each.
    private static func component(_ group: Group) -> DetailValue {
        var members: [DetailValue.Member] = [.init("description", .string(group.codes.map(\.text).joined(separator: ", ")))]
        if let header = header(of: group.status) { members.append(.init("headers", header)) }
        members.append(.init("content", ["application/json": content(of: group)]))
        return .object(members)
    }

    private static func content(of group: Group) -> DetailValue {
        switch group.form {
        case .problem: problemContent(group)
        case .oauth: oauthContent(group)
        case .withError: publicContent(group)
        }
    }

    private static func publicContent(_ group: Group) -> DetailValue {
        [
            "schema": [
                "allOf": [
                    ["$ref": "#/components/schemas/PublicRefusal"],
                    ["properties": ["code": ["enum": .array(group.codes.map { .string($0.text) })]]],
                ]
            ]
        ]
    }

    private static func oauthContent(_ group: Group) -> DetailValue {
        let errors = Set(group.codes.map(\.oauthError)).sorted()
        return [
            "schema": [
                "allOf": [
                    ["$ref": "#/components/schemas/OAuthRefusal"],
                    ["properties": ["error": ["enum": .array(errors.map { .string($0) })]]],
                ]
            ]
        ]
    }

    private static func problemContent(_ group: Group) -> DetailValue {
        [
            "schema": [
                "allOf": [
                    ["$ref": "#/components/schemas/ProblemAnswer"],
                    ["properties": ["code": ["enum": .array(group.codes.map { .string($0.text) })]]],
                ]
            ],
            "examples": .object(
                group.codes.map { .init($0.exampleName, ["$ref": .string("#/components/examples/\($0.exampleName)")]) }),
        ]
    }

    private static func header(of status: Int) -> DetailValue? {
        switch status {
        case 401: required("WWW-Authenticate", "The credential that is asked for.", schema: ["type": "string"])
        case 405: required("Allow", "The methods this path takes.", schema: ["type": "string"])
        case 429, 503: required("Retry-After", "Seconds to wait.", schema: ["type": "integer", "minimum": 1])
        default: nil
        }
    }

    private static func required(_ name: String, _ text: String, schema: DetailValue) -> DetailValue {
        .object([.init(name, ["description": .string(text), "required": .bool(true), "schema": schema])])
    }
}
