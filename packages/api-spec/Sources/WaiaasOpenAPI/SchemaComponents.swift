import WaiaasAPI
import WaiaasCore

/// Schemas as JSON Schema 2020-12; objects become components and are referred to by name.
enum SchemaComponents {
    /// Every object of the catalogue, by name.
    static var all: [DetailValue.Member] {
        var found: [String: ObjectSchema] = [:]
        for refusal in [ProblemAnswer.shape.schema, OAuthRefusal.shape.schema, PublicRefusal.shape.schema] { found[refusal.name] = refusal }
        var inRequests: [String: ObjectSchema] = [:]
        for endpoint in Catalogue.endpoints {
            if let schema = endpoint.output.schema { collect(schema, into: &found) }
            // A form may carry more than we know (RFC 6749 section 3.2), a JSON body may not.
            if case .form(let schema) = endpoint.input { collect(schema, into: &found) }
            if case .json(let schema) = endpoint.input {
                if endpoint.reading.refusesUnknown { collect(schema, into: &inRequests) } else { collect(schema, into: &found) }
            }
        }
        found.merge(inRequests) { first, _ in first }
        return found.keys.sorted().compactMap { name in
            found[name].map { .init(name, component($0, isClosed: inRequests[name] != nil)) }
        }
    }

    private static func collect(_ schema: Schema, into found: inout [String: ObjectSchema]) {
        switch schema {
        case .object(let object): collect(object, into: &found)
        case .oneOf(let objects): for object in objects { collect(object, into: &found) }
        case .array(let element, _): collect(element, into: &found)
        case .string, .integer, .boolean, .anyObject, .any: break
        }
    }

    private static func collect(_ object: ObjectSchema, into found: inout [String: ObjectSchema]) {
        found[object.name] = object
        for field in object.fields { collect(field.schema, into: &found) }
    }

    /// - Parameter isClosed: whether a request may carry it: there unknown members are refused, while answers may grow.
    private static func component(_ object: ObjectSchema, isClosed: Bool) -> DetailValue {
        var members: [DetailValue.Member] = [.init("type", "object"), .init("description", .string(object.text))]
        let required = object.fields.filter { $0.presence != .optional }.map { DetailValue.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("properties", .object(object.fields.map { .init($0.name, property($0)) })))
        if !object.exactlyOneOf.isEmpty {
            let choices = object.exactlyOneOf.map { name -> DetailValue in
                let kind = object.fields.first { $0.name == name }?.schema.kindName ?? "object"
                return ["required": [.string(name)], "properties": .object([.init(name, ["type": .string(kind)])])]
            }
            members.append(.init("oneOf", .array(choices)))
        }
        if isClosed { members.append(.init("additionalProperties", .bool(false))) }
        return .object(members)
    }

    private static func property(_ field: FieldSchema) -> DetailValue {
        let description = DetailValue.Member("description", .string(field.text))
        let shape = value(of: field.schema)
        if field.presence == .required || field.schema == .any {
            guard case .object(let members) = shape else { return shape }
            return .object([description] + members)
        }
        return .object([description, .init("anyOf", [shape, ["type": "null"]])])
    }

    /// A schema where it is used.
    static func value(of schema: Schema) -> DetailValue {
        switch schema {
        case .object(let object): ["$ref": .string("#/components/schemas/\(object.name)")]
        case .oneOf(let objects): ["oneOf": .array(objects.map { value(of: .object($0)) })]
        case .integer(let range): ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .boolean: ["type": "boolean"]
        case .array(let element, let count):
            [
                "type": "array", "items": value(of: element), "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        case .anyObject: ["type": "object"]
        case .any: .object([])
        case .string(let format): .object([.init("type", "string")] + members(of: format))
        }
    }

    private static func members(of format: StringFormat) -> [DetailValue.Member] {
        var members: [DetailValue.Member] = []
        switch format {
        case .text(let length), .lines(let length), .base64(let length):
            members.append(.init("minLength", .integer(Int64(length.lowerBound))))
            members.append(.init("maxLength", .integer(Int64(length.upperBound))))
        case .oneOf(let values): members.append(.init("enum", .array(values.map(DetailValue.string))))
        case .identifier: members.append(.init("format", "uuid"))
        case .time: members.append(.init("format", "date-time"))
        case .name, .userName, .decimal, .keyID, .hex, .base64url: break
        }
        if let pattern = format.pattern { members.append(.init("pattern", .string(pattern))) }
        return members
    }
}
