import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

/// Clients of a fleet who ask one daemon after the other, and say of each answer what it was: sessions that are renewed when their secret
/// retires, logins that are refreshed, events that are signed here and verified there.
final class FleetLoad: Sendable {
    /// All that is said when nothing fails.
    static let good: Set<String> = ["session current", "session previous", "login", "refresh", "event"]

    private let load: Load
    private let progress: Progress

    /// How far each client is.
    private final class Progress: Sendable {
        private let laps: Mutex<[Int]>
        private let kids: Mutex<[String?]>
        private let calls = Atomic(0)

        init(clients: Int, sessions: Int) {
            laps = Mutex([Int](repeating: 0, count: clients))
            kids = Mutex([String?](repeating: nil, count: sessions))
        }

        var allLaps: [Int] { laps.withLock { $0 } }
        var allKids: [String?] { kids.withLock { $0 } }
        var allCalls: Int { calls.load(ordering: .relaxed) }
        func callAgain() { calls.add(1, ordering: .relaxed) }
        func count(_ client: Int) { laps.withLock { $0[client] += 1 } }
        func hold(_ kid: String?, _ client: Int) { kids.withLock { $0[client] = kid } }
    }

    /// - Parameters:
    ///   - grants: the session of each client of that kind.
    ///   - logins: the login of each client of that kind.
    ///   - signers: the token of each client that signs and verifies events.
    init(on daemons: [DaemonProcess], grants: [Grant], logins: [Login], signers: [String]) {
        let count = grants.count + logins.count + signers.count
        let progress = Progress(clients: count, sessions: grants.count)
        self.progress = progress
        load = Load(clients: count) { number in
            var turn = number
            var connections = try daemons.map { try Connection($0.network.door) }
            /// Asks the daemon whose turn it is. One whose clock was moved finds connections that were idle for minutes, and closes them:
            /// then, as every client of HTTP does, on a new one.
            func ask(_ request: Request) throws -> Reply {
                turn += 1
                let place = turn % connections.count
                do {
                    return try connections[place].exchange(request)
                } catch is Connection.Broken {
                    progress.callAgain()
                    connections[place] = try Connection(daemons[place].network.door)
                    return try connections[place].exchange(request)
                }
            }
            if number < grants.count {
                var grant = grants[number]
                progress.hold(Tokens.kid(of: grant.token), number)
                return {
                    defer { progress.count(number) }
                    let reply = try ask(Request("GET", "/v1/sessions/self", as: grant.credential))
                    guard reply.gist == "200 previous" else { return "session \(reply.gist.dropping("200 "))" }
                    let renewal = try ask(Request("PUT", "/v1/sessions/\(grant.sessionID)/renew", as: grant.credential))
                    guard let token = renewal.json?["token"]?.string else { return "renewal \(renewal)" }
                    grant = Grant(agentID: grant.agentID, sessionID: grant.sessionID, token: token)
                    progress.hold(Tokens.kid(of: token), number)
                    // At the next daemon, which may not have been told yet.
                    let next = try ask(Request("GET", "/v1/sessions/self", as: grant.credential))
                    return next.status == 200 ? "session previous" : "renewed session \(next)"
                }
            }
            if number < grants.count + logins.count {
                var (access, refresh) = (logins[number - grants.count].access, logins[number - grants.count].refresh)
                return {
                    defer { progress.count(number) }
                    if turn % 16 == 0 {
                        let reply = try ask(.refresh(refresh))
                        guard reply.status == 200 else { return "refresh \(reply)" }
                        access = reply.json?["access_token"]?.string ?? ""
                        refresh = reply.json?["refresh_token"]?.string ?? ""
                        return "refresh"
                    }
                    return "login\(try ask(Request("GET", "/api/auth/me", as: .bearer(token: access))).gist.dropping("200"))"
                }
            }
            let who = Credential.bearer(token: signers[number - grants.count - logins.count])
            return {
                defer { progress.count(number) }
                let event = EventToSign(payload: "event \(turn)", format: .legacyHex)
                let reply = try ask(Request(SignEvent.self, NoParameters(), event, as: who))
                guard let signature = reply.json?["signature"]?.string else { return "unsigned \(reply)" }
                let question = EventToVerify(payload: event.payload, format: .legacyHex, signature: signature)
                let verdict = try ask(Request(VerifyEvent.self, NoParameters(), question, as: who))
                return verdict.json?["valid"]?.bool == true ? "event" : "event of \(reply.json?["kid"]?.string ?? "") \(verdict)"
            }
        }
    }

    /// How often each thing was said.
    var said: [String: Int] { load.said }

    /// How often a connection was found closed.
    var callsAgain: Int { progress.allCalls }

    /// Whether something was said that should not be.
    var hasFailed: Bool { !Set(said.keys).isSubset(of: Self.good) }

    /// Waits until every client has gone so many times through what it does.
    func goesOn(for count: Int = 3) async throws {
        let before = progress.allLaps
        try await eventually("\(count) laps of every client; so far \(said)", within: .seconds(60)) {
            hasFailed || zip(progress.allLaps, before).allSatisfy { $0 > $1 + count }
        }
    }

    /// Waits until every session was renewed under a secret.
    func follows(_ kid: String) async throws {
        try await eventually("every session is one of \(kid); so far \(said)", within: .seconds(60)) {
            hasFailed || progress.allKids.allSatisfy { $0 == kid }
        }
    }

    /// Ends it.
    func stop() async throws -> [String: Int] { try await load.stop() }
}

extension String {
    /// The rest behind a beginning that it may have.
    fileprivate func dropping(_ beginning: String) -> String { hasPrefix(beginning) ? String(dropFirst(beginning.count)) : self }
}
