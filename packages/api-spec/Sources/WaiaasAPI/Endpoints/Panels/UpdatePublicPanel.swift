public import WaiaasCore

/// `PUT /api/session/{session_id}`: changes what a public session shows.
public enum UpdatePublicPanel: Operation {
    /// The path or the query.
    public typealias Parameters = PublicPanelPath
    /// The request.
    public typealias Input = PublicPanelChange
    /// The answer.
    public typealias Output = PanelName
    /// The contract.
    public static let endpoint = describe(
        .put, "/api/session/{session_id}", area: .panels, authentication: .anyone, reading: .lenient,
        problems: [
            .validationErrorUnprocessable, .panelNotFound, .panelRoomExceeded, .templateRefused, .renderingBusy, .publicSessionsClosed,
        ], changes: true, refusals: .withError, isOpenToAllOrigins: true,
        summary: "Change a public session's picture",
        text: """
            `args` replaces all arguments; the template stays. When the session ends stays as it is.
            """)
}

/// What changes about a public session.
public struct PublicPanelChange: LenientMessage {
    /// New arguments.
    public let args: PanelArguments

    /// From its parts.
    public init(args: PanelArguments) {
        self.args = args
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "New arguments of a public session.", [Field("args", \.args, "The new arguments, all of them.")])
    /// The box becomes green.
    public static let example = PublicPanelChange(args: Sample.panelArguments)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        args = try object.required("args")
    }
}
