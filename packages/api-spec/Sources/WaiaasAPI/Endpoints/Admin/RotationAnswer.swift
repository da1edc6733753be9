public import WaiaasCore

/// The answer of a rotation: what was done, or what would be done.
public enum RotationAnswer: Payload {
    /// The secret was rotated.
    case rotated(RotatedSecret)
    /// Nothing was changed; this is what would happen.
    case planned(RotationPlan)

    /// One of the two objects; `dryRun` stands in the plan only.
    public static var content: Content { .json(.oneOf([RotatedSecret.shape.schema, RotationPlan.shape.schema])) }

    /// A rotation.
    public static var example: RotationAnswer { .rotated(.example) }

    /// Reads either.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        let node = try JSONNode(decoding: bytes, as: reading)
        self = node.member("dryRun") == nil ? .rotated(try RotatedSecret(node, as: reading)) : .planned(try RotationPlan(node, as: reading))
    }

    /// The object.
    public func encoded() -> [UInt8] {
        switch self {
        case .rotated(let answer): answer.encoded()
        case .planned(let plan): plan.encoded()
        }
    }
}
