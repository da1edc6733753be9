import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasTransport

/// A SecureString of AWS Systems Manager Parameter Store that holds the document.
///
/// The service has no compare-and-set: a write says which version it expects to be the next, and a different one in the answer means that
/// somebody wrote in between. Old versions cannot be destroyed one by one; `verify_until` is what ends an old key there.
struct SSMTarget: EventTarget {
    let name: String
    let settle: Duration
    let service: AWSService
    /// The parameter's name.
    let parameter: String
    let keyID: String?

    var kind: EventTargetKind { .awsSSM }
    var place: String { "\(service.region) \(parameter)" }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let answer = try await service.call("GetParameter") { json in
            json.member("Name", parameter)
            json.member("WithDecryption", true)
        }
        if answer.status != 200 {
            if AWSService.error(in: answer) == "ParameterNotFound" { return nil }
            throw AWSService.refusal(answer)
        }
        guard let found = AWSService.root(of: answer)?.member("Parameter"), let value = found.member("Value")?.utf8,
            let version = found.member("Version")?.integer
        else { throw EventTargetError.damaged("its answer cannot be read") }
        return try HeldEventKeys(reading: Array(value), version: String(version), isNumbered: true, at: moment)
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var text = document.encoded()
        defer { text.wipe() }
        let answer = try await service.call("PutParameter") { json in
            json.member("Name", parameter)
            AWSService.write(text, as: "Value", to: &json)
            json.member("Type", "SecureString")
            if let keyID { json.member("KeyId", keyID) }
            json.member("Overwrite", held != nil)
        }
        if answer.status != 200 {
            let isContested = ["ParameterAlreadyExists", "TooManyUpdates"].contains(AWSService.error(in: answer))
            throw isContested ? EventTargetError.conflict : AWSService.refusal(answer)
        }
        let expected = held.flatMap { Int64($0.version) } ?? 0
        // Last writer wins there; whoever finds that it was not the only one looks again.
        guard AWSService.root(of: answer)?.member("Version")?.integer == expected + 1 else { throw EventTargetError.conflict }
    }
}
