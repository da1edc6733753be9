import WaiaasCore
import WaiaasCrypto
import WaiaasTransport

/// Where a service gets its event keys from.
public enum EventKeySource: Sendable {
    /// A file that a target writes, or that holds a bare secret. A directory that is swapped by a link, as Kubernetes does it, is followed.
    case file(path: String)
    /// `GET /v1/events/keyset` of a daemon, with a consumer's token (role `keys`); the daemon is told which keys are loaded.
    ///
    /// - Parameters:
    ///   - url: the daemon's address without a path: `http://127.0.0.1:3100`.
    ///   - token: the token, `wai_evt_…`.
    case daemon(url: String, token: EventConsumerToken)
}

/// A consumer's token, kept in memory that is wiped.
public struct EventConsumerToken: Sendable {
    let secret: WipedSecret

    /// Takes the token's bytes over and wipes the array they came in; a newline at their end is dropped.
    public init(taking bytes: inout [UInt8]) {
        while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        secret = WipedSecret(taking: &bytes)
    }
}

/// Why keys could not be loaded; whoever had keys keeps them.
public enum EventKeyFault: Error, Sendable, CustomStringConvertible {
    /// The source cannot be read.
    case unreadable(String)
    /// What was read is no whole set of keys.
    case invalid(String)

    /// The fault as one line for a person. It never carries a key or a token.
    public var description: String {
        switch self {
        case .unreadable(let reason): "the event keys cannot be read: \(reason)"
        case .invalid(let reason): "the event keys were not taken: \(reason)"
        }
    }
}

/// What one look at a source gave.
enum EventKeyGlance {
    /// Nothing has changed.
    case same
    /// These keys, and what tells them from the next ones.
    case keys(EventDocument, mark: String)
}

extension EventKeySource {
    /// Looks once.
    ///
    /// - Parameters:
    ///   - mark: what the last look gave; nil to read in any case.
    ///   - loaded: the kids that are in use, the one that signs first.
    func look(since mark: String?, loaded: [KeyID], through transport: HTTPTransport, at moment: Moment) async throws -> EventKeyGlance {
        switch self {
        case .file(let path): try Self.look(at: path, since: mark, moment)
        case .daemon(let url, let token): try await Self.ask(url, token, since: mark, loaded, transport, moment)
        }
    }

    private static func look(at path: String, since mark: String?, _ moment: Moment) throws -> EventKeyGlance {
        let stamp = try EventKeyFile.stamp(of: path)
        if stamp == mark { return .same }
        var bytes = try EventKeyFile.read(path, limit: EventDocument.limit)
        defer { bytes.wipe() }
        return .keys(try document(bytes, moment), mark: stamp)
    }

    private static func ask(
        _ url: String, _ token: EventConsumerToken, since mark: String?, _ loaded: [KeyID], _ transport: HTTPTransport, _ moment: Moment
    ) async throws -> EventKeyGlance {
        let query = loaded.isEmpty ? "" : "?loaded=" + loaded.map(\.text).joined(separator: ",")
        let answer: HTTPAnswer
        do {
            answer = try await transport.send(
                HTTPRequest(
                    method: "GET", url: url + "/v1/events/keyset" + query, headers: mark.map { [("If-None-Match", $0)] } ?? [],
                    secretHeaders: [.init(name: "Authorization", prefix: "Bearer ", secret: token.secret)], timeout: .seconds(5),
                    answerLimitBytes: EventDocument.limit))
        } catch {
            throw EventKeyFault.unreadable("\(url) does not answer")
        }
        switch answer.status {
        case 304: return .same
        case 200: return .keys(try document(answer.body, moment), mark: answer.header("etag") ?? "")
        default: throw EventKeyFault.unreadable("\(url) answers \(answer.status)")
        }
    }

    private static func document(_ bytes: [UInt8], _ moment: Moment) throws -> EventDocument {
        do {
            return try EventDocument(reading: bytes, at: moment)
        } catch let fault as EventDocumentFault {
            throw EventKeyFault.invalid(fault.description)
        } catch let fault as EventSecretFault {
            throw EventKeyFault.invalid(fault.description)
        }
    }
}
