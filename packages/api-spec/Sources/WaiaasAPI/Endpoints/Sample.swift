import WaiaasCore

/// The values that the examples of the documents are made of.
enum Sample {
    static let time = WallTime(milliseconds: 1_795_256_130_000)
    static let later = WallTime(milliseconds: 1_795_256_430_000)
    static let tomorrow = WallTime(milliseconds: 1_795_342_530_000)
    static let nextMonth = WallTime(milliseconds: 1_797_848_130_000)
    static let agentID = AgentID(high: 0x0193_5d3e_7c00_7b2a, low: 0x9f4e_5d6c_7b8a_9f01)
    static let sessionID = SessionID(high: 0x0193_5d3e_8a10_7c3b, low: 0xa05f_6e7d_8c9b_a012)
    static let otherSessionID = SessionID(high: 0x0193_5d3e_8b20_7d4c, low: 0xb160_7f8e_9dac_b123)
    static let instanceID = InstanceID(high: 0x0193_5d3e_6a00_7a19, low: 0x8e3d_4c5b_6a79_8e90)
    static let digest = Digest256(words: [0x0102_0304_0506_0708, 0x1112_1314_1516_1718, 0x2122_2324_2526_2728, 0x3132_3334_3536_3738])
    static let signature = [UInt8](repeating: 0x5f, count: 64)
    static let token = "wai_sess_eyJhbGciOiJIUzI1NiIsImtpZCI6IjNmOWEyYzdiMWQ0ZTVmNjAifQ.eyJzaWQiOiIuLi4ifQ.c2lnbmF0dXJl"

    static let familyID = FamilyID(high: 0x0193_5d3e_8c30_7e5d, low: 0xb271_809f_aebd_c234)
    static let userPassword = "correct horse battery staple"
    static let userToken = "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"
    static let refreshToken = "wai_rt_sample-of-a-refresh-token"
    static let eventToken = "wai_evt_sample-of-an-event-token"
    static let eventSignature = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="
    static let rotationID = EventRotation.ID(high: 0x0193_5d3e_8d40_7f6e, low: 0xc382_91a0_bfce_d345)
    static let consumer = consumer("web-1")
    static let clientSecret = "wai_oc_sample-of-a-client-secret"

    /// The initialisers are failable; these texts are constants, and the tests of the examples would find a broken one.
    static let agentName = name("trader")
    static let kid = keyID("3f9a2c7b1d4e5f60")
    static let previousKid = keyID("a81b0c9d2e3f4a5b")

    static let userID = user("ada")
    static let clientID = client("dashboard")
    static let panelID = panel("build")
    static let panelTemplate = #"""
        <svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="{{ color }}"/></svg>
        """#
    static let panelArguments = arguments(#"{"color":"green"}"#)

    private static func user(_ text: String) -> UserID {
        // tidy:allow trap because the text is a constant
        guard let id = UserID(text) else { preconditionFailure("sample user") }
        return id
    }

    private static func panel(_ text: String) -> PanelID {
        // tidy:allow trap because the text is a constant
        guard let id = PanelID(text) else { preconditionFailure("sample panel") }
        return id
    }

    private static func arguments(_ text: String) -> PanelArguments {
        // tidy:allow trap because the text is a constant
        guard let arguments = PanelArguments(json: Array(text.utf8)) else { preconditionFailure("sample arguments") }
        return arguments
    }

    private static func client(_ text: String) -> OAuthClient.ID {
        // tidy:allow trap because the text is a constant
        guard let id = OAuthClient.ID(text) else { preconditionFailure("sample client") }
        return id
    }

    private static func consumer(_ text: String) -> EventConsumer.Name {
        // tidy:allow trap because the text is a constant
        guard let name = EventConsumer.Name(text) else { preconditionFailure("sample consumer") }
        return name
    }

    private static func name(_ text: String) -> Agent.Name {
        // tidy:allow trap because the text is a constant
        guard let name = Agent.Name(text) else { preconditionFailure("sample name") }
        return name
    }

    private static func keyID(_ text: String) -> KeyID {
        // tidy:allow trap because the text is a constant
        guard let kid = KeyID(text) else { preconditionFailure("sample kid") }
        return kid
    }
}
