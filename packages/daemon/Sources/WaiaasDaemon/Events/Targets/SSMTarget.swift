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
    let address: TargetAddress
    let region: String
    /// The parameter's name.
    let parameter: String
    let keyID: String?
    let accessKeyID: TargetCredential
    let secretAccessKey: TargetCredential
    let sessionToken: TargetCredential?
    let clocks: Clocks

    var kind: EventTargetKind { .awsSSM }
    var place: String { "\(region) \(parameter)" }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let answer = try await call("GetParameter") { json in
            json.member("Name", parameter)
            json.member("WithDecryption", true)
        }
        if answer.status != 200 {
            if error(in: answer) == "ParameterNotFound" { return nil }
            throw refusal(answer)
        }
        guard let found = (try? JSONDocument(scanning: answer.body, limits: .large))?.root.member("Parameter"),
            let value = found.member("Value")?.utf8, let version = found.member("Version")?.integer
        else { throw EventTargetError.damaged("its answer cannot be read") }
        do {
            return HeldEventKeys(document: try EventDocument(reading: Array(value), at: moment), version: String(version))
        } catch {
            throw EventTargetError.damaged("version \(version) \(EventTargetError.words(of: error))")
        }
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var text = document.encoded()
        defer { text.wipe() }
        let answer = try await call("PutParameter") { json in
            json.member("Name", parameter)
            json.key("Value")
            json.json(Self.quoted(text))
            json.member("Type", "SecureString")
            if let keyID { json.member("KeyId", keyID) }
            json.member("Overwrite", held != nil)
        }
        if answer.status != 200 {
            if ["ParameterAlreadyExists", "TooManyUpdates"].contains(error(in: answer)) { throw EventTargetError.conflict }
            throw refusal(answer)
        }
        let version = (try? JSONDocument(scanning: answer.body, limits: .large))?.root.member("Version")?.integer
        let expected = held.flatMap { Int64($0.version) } ?? 0
        // Last writer wins there; whoever finds that it was not the only one looks again.
        guard version == expected + 1 else { throw EventTargetError.conflict }
    }

    private func call(_ operation: String, _ members: (inout JSONWriter) -> Void) async throws -> HTTPAnswer {
        var writer = JSONWriter(reserving: 16_384)
        writer.beginObject()
        members(&writer)
        writer.endObject()
        var body = writer.finish()
        defer { body.wipe() }
        let id = try accessKeyID.read().bytes
        let token = try sessionToken?.read()
        let signature = AWSSignature(
            region: region, service: "ssm", accessKeyID: id.withBytes { Self.text($0) },
            secretAccessKey: try secretAccessKey.read().bytes, sessionToken: token?.bytes)
        let target = "AmazonSSM.\(operation)"
        let host = String(address.base.drop { $0 != "/" }.dropFirst(2))
        let signed = try signature.sign(body, host: host, target: target, at: clocks.now.wall)
        return try await address.call(
            "POST", "/",
            headers: [
                ("Content-Type", AWSSignature.contentType), ("X-Amz-Date", signed.date), ("X-Amz-Target", target),
                ("Authorization", signed.authorization),
            ], secrets: token.map { [.init(name: "X-Amz-Security-Token", secret: $0)] } ?? [], body: body)
    }

    /// A JSON string of a document: all that needs an escape in it are quotation marks.
    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(text.count * 2 + 2)
        quoted.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        quoted.append(UInt8(ascii: "\""))
        return quoted
    }

    private static func text(_ bytes: RawSpan) -> String {
        String(decoding: (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
    }

    /// The name of an error: what stands behind `#` and before `:`.
    private func error(in answer: HTTPAnswer) -> String? {
        let type = (try? JSONDocument(scanning: answer.body, limits: .request))?.root.member("__type")?.string
        return (type ?? answer.header("x-amzn-errortype")).map { name in
            String((name.split(separator: "#").last ?? "").prefix { $0 != ":" })
        }
    }

    private func refusal(_ answer: HTTPAnswer) -> EventTargetError {
        switch error(in: answer) {
        case "ThrottlingException", "InternalServerError", "RequestLimitExceeded": .unreachable("it says to come again")
        case "RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignatureException":
            .refused("the signature is not accepted: the credential, or this machine's clock")
        case "AccessDeniedException": .refused("access denied: the credential's policy")
        case let name?: .refused("it answers \(name)")
        case nil: .refused("it answers \(answer.status)")
        }
    }
}
