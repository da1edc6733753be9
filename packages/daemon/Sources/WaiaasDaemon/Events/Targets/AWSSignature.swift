import WaiaasCore
import WaiaasCrypto

/// AWS Signature Version 4 for the calls that are made here: POST to `/` with a JSON body (AWS General Reference, "Signing AWS API requests").
///
/// It is checked against signatures that botocore makes.
struct AWSSignature {
    let region: String
    let service: String
    let accessKeyID: String
    let secretAccessKey: SecretBytes
    /// Of temporary credentials; signed along.
    let sessionToken: SecretBytes?

    /// A signed request's header fields, without the session token, which goes as a secret.
    struct Signed {
        let date: String
        let authorization: String
    }

    /// Signs.
    ///
    /// - Parameters:
    ///   - host: with its port, if the URL names one.
    ///   - target: `x-amz-target`.
    func sign(_ body: [UInt8], host: String, target: String, at now: WallTime) throws(CryptoError) -> Signed {
        let date = Self.basic(now)
        let day = String(date.prefix(8))
        var names = "content-type;host;x-amz-date"
        var request = Array("POST\n/\n\ncontent-type:\(Self.contentType)\nhost:\(host)\nx-amz-date:\(date)\n".utf8)
        defer { request.wipe() }
        if let sessionToken {
            names += ";x-amz-security-token"
            request += Array("x-amz-security-token:".utf8)
            sessionToken.withBytes { bytes in
                for index in 0..<bytes.byteCount { request.append(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
            }
            request.append(UInt8(ascii: "\n"))
        }
        names += ";x-amz-target"
        request += Array("x-amz-target:\(target)\n\n\(names)\n\(SHA256.digest(body))".utf8)
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(SHA256.digest(request))"
        let signature = try signingKey(day).authenticate(Array(text.utf8))
        return Signed(
            date: date,
            authorization: "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)")
    }

    /// What the body is.
    static let contentType = "application/x-amz-json-1.1"

    /// The chain of keys: secret, day, region, service.
    private func signingKey(_ day: String) throws(CryptoError) -> HMACSHA256 {
        let prefix = Array("AWS4".utf8)
        let seed = try SecretBytes(count: prefix.count + secretAccessKey.count) { (target) throws(CryptoError) in
            for (index, byte) in prefix.enumerated() { target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
            secretAccessKey.withBytes { bytes in
                for index in 0..<bytes.byteCount {
                    let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                    target.storeBytes(of: byte, toByteOffset: prefix.count + index, as: UInt8.self)
                }
            }
        }
        var key = try HMACSHA256(key: seed)
        for part in [day, region, service, "aws4_request"] {
            let next = key.authenticate(Array(part.utf8))
            key = try HMACSHA256(key: try next.withBytes { (bytes) throws(CryptoError) in try SecretBytes(copying: bytes) })
        }
        return key
    }

    /// `20150830T123600Z`.
    private static func basic(_ time: WallTime) -> String {
        let iso = time.wholeSecond.iso8601
        return iso.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
