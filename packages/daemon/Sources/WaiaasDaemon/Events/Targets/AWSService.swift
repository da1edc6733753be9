import WaiaasCore
import WaiaasCrypto
import WaiaasTransport

/// One service of AWS that speaks JSON 1.1 over POST: what the targets of Parameter Store and Secrets Manager share.
struct AWSService: Sendable {
    let address: TargetAddress
    let region: String
    /// The name that is signed for: `ssm`, `secretsmanager`.
    let name: String
    /// What stands before an operation in `X-Amz-Target`.
    let prefix: String
    let accessKeyID: TargetCredential
    let secretAccessKey: TargetCredential
    let sessionToken: TargetCredential?
    let clocks: Clocks

    /// Calls an operation.
    ///
    /// - Parameter members: writes the members of the request; the text is wiped when it was sent.
    func call(_ operation: String, _ members: (inout JSONWriter) throws -> Void) async throws -> HTTPAnswer {
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        var writer = JSONWriter(reserving: 32_768)
        writer.beginObject()
        try members(&writer)
        writer.endObject()
        var body = writer.finish()
        defer { body.wipe() }
        let id = try accessKeyID.read().bytes
        let token = try sessionToken?.read()
        let signature = AWSSignature(
            region: region, service: name, accessKeyID: id.withBytes { Self.text($0) },
            secretAccessKey: try secretAccessKey.read().bytes, sessionToken: token?.bytes)
        let target = "\(prefix).\(operation)"
        let host = String(address.base.drop { $0 != "/" }.dropFirst(2))
        let signed = try signature.sign(body, host: host, target: target, at: clocks.now.wall)
        return try await address.call(
            "POST", "/",
            headers: [
                ("Content-Type", AWSSignature.contentType), ("X-Amz-Date", signed.date), ("X-Amz-Target", target),
                ("Authorization", signed.authorization),
            ], secrets: token.map { [.init(name: "X-Amz-Security-Token", secret: $0)] } ?? [], body: body)
    }

    /// The members of an answer.
    static func root(of answer: HTTPAnswer) -> JSONNode? { (try? JSONDocument(scanning: answer.body, limits: .large))?.root }

    /// Writes a member that is the text of a document: all that needs an escape in it are quotation marks.
    static func write(_ text: [UInt8], as name: String, to writer: inout JSONWriter) {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(text.count * 2 + 2)
        defer { quoted.wipe() }
        quoted.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        quoted.append(UInt8(ascii: "\""))
        writer.key(name)
        writer.json(quoted)
    }

    /// The name of an error: what stands behind `#` and before `:`.
    static func error(in answer: HTTPAnswer) -> String? {
        let type = root(of: answer)?.member("__type")?.string
        return (type ?? answer.header("x-amzn-errortype")).map { name in
            String((name.split(separator: "#").last ?? "").prefix { $0 != ":" })
        }
    }

    /// What a refusal says.
    static func refusal(_ answer: HTTPAnswer) -> EventTargetError {
        switch error(in: answer) {
        case "ThrottlingException", "InternalServerError", "InternalServiceError", "RequestLimitExceeded":
            .unreachable("it says to come again")
        case "RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignatureException":
            .refused("the signature is not accepted: the credential, or this machine's clock")
        case "AccessDeniedException": .refused("access denied: the credential's policy")
        case let name?: .refused("it answers \(name)")
        case nil: .refused("it answers \(answer.status)")
        }
    }

    private static func text(_ bytes: RawSpan) -> String {
        String(decoding: (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
    }
}
