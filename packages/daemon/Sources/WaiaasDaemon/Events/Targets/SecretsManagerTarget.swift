import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A secret of AWS Secrets Manager that holds the document.
///
/// A write puts a version that nobody reads yet, and then moves the label `AWSCURRENT` to it, away from the version that was read: where
/// that one has the label no more, the move fails. So of two rotators one wins, and readers see one version or the next.
struct SecretsManagerTarget: EventTarget {
    let name: String
    let settle: Duration
    let service: AWSService
    /// The secret's name or ARN.
    let secret: String
    let keyID: String?
    let randomness: Randomness

    /// A version that is written and not yet read.
    private static let coming = "AWSPENDING"
    private static let current = "AWSCURRENT"
    private static let before = "AWSPREVIOUS"

    var kind: EventTargetKind { .awsSecretsManager }
    var place: String { "\(service.region) \(secret)" }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let answer = try await service.call("GetSecretValue") { json in
            json.member("SecretId", secret)
            json.member("VersionStage", Self.current)
        }
        if answer.status != 200 {
            if AWSService.error(in: answer) == "ResourceNotFoundException" { return nil }
            throw AWSService.refusal(answer)
        }
        guard let root = AWSService.root(of: answer), let value = root.member("SecretString")?.utf8,
            let version = root.member("VersionId")?.string
        else { throw EventTargetError.damaged("its answer cannot be read") }
        return try HeldEventKeys(reading: Array(value), version: version, at: moment)
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var text = document.encoded()
        defer { text.wipe() }
        // Names the version; 32 characters at least.
        let token = Identifier<SecretsManagerTarget>(at: service.clocks.now.wall, randomness: randomness).description
        guard let held else { return try await make(text, token) }
        let put = try await service.call("PutSecretValue") { json in
            json.member("SecretId", secret)
            json.member("ClientRequestToken", token)
            AWSService.write(text, as: "SecretString", to: &json)
            json.member("VersionStages", [Self.coming])
        }
        guard put.status == 200 else { throw AWSService.refusal(put) }
        let move = try await moveLabel(Self.current, from: held.version, to: token)
        if move.status == 200 { return }
        throw AWSService.error(in: move) == "InvalidParameterException" ? EventTargetError.conflict : AWSService.refusal(move)
    }

    /// A version without a label is removed by the service in its own time; until then it is read by nobody who does not know its id.
    func destroyVersions(before held: HeldEventKeys) async throws {
        let answer = try await service.call("DescribeSecret") { $0.member("SecretId", secret) }
        guard answer.status == 200, let versions = AWSService.root(of: answer)?.member("VersionIdsToStages")?.members else {
            throw AWSService.refusal(answer)
        }
        for (version, labels) in versions where version != held.version {
            for label in labels.elements?.compactMap(\.string) ?? [] where [Self.before, Self.coming].contains(label) {
                let removed = try await moveLabel(label, from: version, to: nil)
                guard removed.status == 200 else { throw AWSService.refusal(removed) }
            }
        }
    }

    private func make(_ text: [UInt8], _ token: String) async throws {
        let answer = try await service.call("CreateSecret") { json in
            json.member("Name", secret)
            json.member("ClientRequestToken", token)
            AWSService.write(text, as: "SecretString", to: &json)
            if let keyID { json.member("KmsKeyId", keyID) }
        }
        if answer.status == 200 { return }
        throw AWSService.error(in: answer) == "ResourceExistsException" ? EventTargetError.conflict : AWSService.refusal(answer)
    }

    private func moveLabel(_ label: String, from version: String, to next: String?) async throws -> HTTPAnswer {
        try await service.call("UpdateSecretVersionStage") { json in
            json.member("SecretId", secret)
            json.member("VersionStage", label)
            json.member("RemoveFromVersionId", version)
            if let next { json.member("MoveToVersionId", next) }
        }
    }
}
