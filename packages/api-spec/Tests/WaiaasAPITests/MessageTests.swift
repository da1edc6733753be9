import Testing
import WaiaasAPI
import WaiaasCore

/// Every message that an operation reads or writes, each once.
enum Messages {
    static let parameters: [any Message.Type] = [
        AgentPath.self, AgentQuery.self, AuditQuery.self, ClientPath.self, EventConsumerPath.self, EventRotationChoice.self,
        EventRotationExcuse.self, FamilyPath.self, KeyRemoval.self, KeyRotationChoice.self, LoadedKeys.self, NoParameters.self,
        PanelOwnerPath.self, PublicPanelPath.self, RingPath.self, RotationChoice.self, SessionPath.self, SessionQuery.self,
        SignOutChoice.self, UserPath.self, UserQuery.self,
    ]
    static let bodies: [any Message.Type] = [
        AgentPage.self, AgentSummary.self, AgentTotals.self, AuditEntry.self, AuditKey.self, AuditPage.self, AuditSeal.self,
        AuthorizationAnswer.self, AuthorizationQuestion.self, BackupList.self, BackupSummary.self, BearerIdentity.self,
        ChangedPassword.self, ChangedSetting.self, ClientList.self, ClientSummary.self, ClientWithSecret.self, Constraints.self,
        CurrentSecret.self, CutSessions.self, DaemonStatus.self, DatabaseStatus.self, EventConsumerList.self, EventConsumerState.self,
        EventConsumerWithToken.self, EventHealth.self, EventKeySummary.self, EventRotationAnswer.self, EventRotationReport.self,
        EventSignature.self,
        EventStatus.self, EventTargetCheck.self, EventTargetChecks.self, EventTargetState.self, EventToSign.self, EventToVerify.self,
        EventVerification.self, FamilyList.self, FamilySummary.self,
        Health.self, IssuedSession.self, KeyRotationAnswer.self, KeySummary.self, Login.self, MemoryStatus.self, NewAgent.self,
        NewClient.self, NewEventConsumer.self, NewPanel.self, NewPublicPanel.self, NewSession.self, NewUser.self, OAuthGrant.self,
        OAuthMetadata.self,
        OAuthTokenFacts.self, OwnSession.self,
        OwnedPanelName.self, PanelChange.self, PanelContents.self, PanelItems.self, PanelList.self, PanelName.self, PanelSummary.self,
        PlannedStep.self, PreviousSecret.self, ProblemAnswer.self, PublicPanelChange.self, Registration.self, ReloadedConfiguration.self,
        RenewedSession.self, RevokedSession.self, RevokedSessions.self, RingReport.self, RotatedSecret.self, RotationPlan.self,
        SecretsReport.self, SessionCounts.self, SessionPage.self, SessionSummary.self, SessionsToRevoke.self, SetAgentStatus.self,
        ShutdownStarted.self, StatusReport.self, UsageStats.self, UserChange.self, UserGrant.self, UserPage.self, UserSummary.self,
        WorkerStatus.self,
    ]
    static let all = parameters + bodies

    static func named(_ name: String) throws -> any Message.Type {
        let found = all.first { "\($0)" == name }
        return try #require(found as (any Message.Type)?)
    }
}

@Suite("Messages")
struct MessageTests {
    @Test func `every message that an operation can carry is tested here`() {
        var names: Set<String> = ["ProblemAnswer"]
        func visit(_ schema: Schema) {
            switch schema {
            case .object(let object): visit(object)
            case .oneOf(let objects): objects.forEach(visit)
            case .array(let element, _): visit(element)
            case .string, .integer, .boolean, .anyObject, .any: break
            }
        }
        func visit(_ object: ObjectSchema) {
            names.insert(object.name)
            for field in object.fields { visit(field.schema) }
        }
        for endpoint in Catalogue.endpoints {
            for content in [endpoint.input, endpoint.output] { if case .json(let schema) = content { visit(schema) } }
        }
        #expect(names == Set(Messages.bodies.map { "\($0)" }))
    }

    @Test(arguments: Messages.all.map { "\($0)" })
    func `an example fits its schema, reads back equal, and encodes to the same bytes`(name: String) throws {
        func check<M: Message>(_ type: M.Type) throws {
            let bytes = M.example.encoded()
            let node = try JSONDocument(scanning: bytes).root
            #expect(M.schema.issues(in: node) == [])
            let again = try M(decoding: bytes, as: .request)
            #expect(again == M.example)
            #expect(again.encoded() == bytes)
        }
        try check(Messages.named(name))
    }

    /// Optional members that an example shows not: a sound backup has no fault, what went well no reason, a login without a client is the usual one, and a key has one end at most.
    private static let leftOut: [String: Set<String>] = [
        "BackupSummary": ["fault"], "BearerIdentity": ["clientId"], "ClientSummary": ["rotatedAt"], "ClientWithSecret": ["rotatedAt"],
        "EventKeySummary": ["verifiesUntil"], "EventRotationReport": ["failure"], "EventStatus": ["silence"], "EventTargetState": ["fault"],
        "EventVerification": ["reason"],
        "FamilySummary": ["client_id"],
        "KeySummary": ["verifiesUntil"], "Login": ["client_id", "client_secret"], "OAuthTokenFacts": ["client_id", "jti"],
    ]

    /// With the example's members all there, a property that the list of fields forgets would show here.
    @Test(arguments: Messages.all.map { "\($0)" })
    func `an example fills every field, and the fields name every stored property`(name: String) throws {
        func check<M: Message>(_ type: M.Type) throws {
            let members = try #require(try JSONDocument(scanning: M.example.encoded()).root.members).map(\.name)
            let either = M.shape.schema.exactlyOneOf
            let expected = M.shape.fields.map(\.schema.name)
            let absent = Self.leftOut[name] ?? []
            #expect(members.filter { !either.contains($0) } == expected.filter { !either.contains($0) && !absent.contains($0) })
            let properties = Mirror(reflecting: M.example).children.compactMap(\.label)
            if let wrapped = ["values", "record", "checkpoint", "key"].first(where: { properties == [$0] }) {
                #expect(!wrapped.isEmpty)
            } else {
                // Names in the style of OAuth have underscores where Swift has a capital; RFC 8414 says more than we need.
                func plain(_ names: [String]) -> [String] { names.map { $0.replacing("_", with: "").lowercased() } }
                if M.self == OAuthMetadata.self {
                    #expect(properties.count == expected.count)
                } else {
                    #expect(plain(properties) == plain(expected))
                }
            }
        }
        try check(Messages.named(name))
    }

    @Test(arguments: Messages.all.map { "\($0)" })
    func `a member taken away is found missing, or read as none`(name: String) throws {
        func check<M: Message>(_ type: M.Type) throws {
            let whole = try JSONDocument(scanning: M.example.encoded()).root
            for field in M.shape.fields {
                var writer = JSONWriter()
                writer.beginObject()
                if let members = whole.members {
                    for (name, value) in members where name != field.schema.name {
                        writer.key(name)
                        JSONText.copy(value, to: &writer)
                    }
                }
                writer.endObject()
                let issues = M.schema.issues(in: try JSONDocument(scanning: writer.bytes).root)
                switch field.schema.presence {
                case .required, .nullable: #expect(issues.map(\.code) == [.missing])
                case .optional: #expect(issues.allSatisfy { $0.code == .exclusive })
                }
            }
        }
        try check(Messages.named(name))
    }

    @Test func `the hot answer has its members in order and no space`() {
        let text = String(decoding: OwnSession.example.encoded(), as: UTF8.self)
        #expect(
            text == #"{"sessionId":"01935d3e-8a10-7c3b-a05f-6e7d8c9ba012","agentId":"01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01","#
                + #""expiresAt":"\#(OwnSession.example.expiresAt.iso8601)","key":"current","kid":"3f9a2c7b1d4e5f60"}"#)
    }

    @Test func `none is null or absent, never zero`() throws {
        let cut = RotatedSecret(
            previousExpiry: nil, rotatedAt: WallTime(seconds: 0), kid: RotatedSecret.example.kid,
            previousKid: RotatedSecret.example.previousKid, sessionsOnPrevious: 0, sessionsCut: nil)
        let node = try JSONDocument(scanning: cut.encoded()).root
        #expect(node.member("previousExpiry")?.isNull == true)
        #expect(node.member("sessionsCut") == nil)
        #expect(try RotatedSecret(decoding: cut.encoded(), as: .answer) == cut)
    }

    @Test func `a rotation's answer is told from a plan by dryRun`() throws {
        #expect(try RotationAnswer(decoding: RotationPlan.example.encoded(), as: .answer) == .planned(.example))
        #expect(try RotationAnswer(decoding: RotatedSecret.example.encoded(), as: .answer) == .rotated(.example))
        let node = try JSONDocument(scanning: RotationPlan.example.encoded()).root
        guard case .json(let schema) = RotationAnswer.content else { Issue.record("not JSON"); return }
        #expect(schema.issues(in: node) == [])
    }

    @Test func `a newer daemon's unknown members are left aside in answers and refused in requests`() throws {
        let bytes = Array(#"{"allowed":true,"because":"so"}"#.utf8)
        #expect(try AuthorizationAnswer(decoding: bytes, as: .answer) == AuthorizationAnswer(deniedBy: nil))
        #expect(throws: Problem.self) { try AuthorizationAnswer(decoding: bytes, as: .request) }
    }

    @Test func `an endpoint without a body refuses one`() {
        #expect(throws: Problem(.bodyNotAllowed)) { try NoContent(decoding: [0x7b, 0x7d], as: .request) }
        #expect(throws: Never.self) { try NoContent(decoding: [], as: .request) }
    }

    @Test func `a refusal is flat and carries its request`() throws {
        let node = try JSONDocument(scanning: ProblemAnswer(Problem(.agentNotFound), requestId: "req_1").encoded()).root
        #expect(node.members.map { $0.map(\.name) } == ["code", "message", "hint", "requestId", "retryable"])
        #expect(node.member("code")?.string == "AGENT_NOT_FOUND" && node.member("retryable")?.bool == false)
    }
}

/// Copies a scanned value as it is.
enum JSONText {
    static func copy(_ node: JSONNode, to writer: inout JSONWriter) {
        if let text = node.string { writer.string(text) } else { writer.json(node.source) }
    }
}
