import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

extension World {
    /// The file that a file target writes.
    var eventFile: String { path("spiral-event-secret.json") }

    /// Adds a target to the configuration of the data directory.
    func configure(ackTimeout: Int, _ target: String) throws {
        let text = Files.text(data("config.toml")).replacing("# ack_timeout = 60", with: "ack_timeout = \(ackTimeout)")
        try Files.write(text + "\n" + target + "\n", to: data("config.toml"))
    }

    /// A file target whose readers get so many seconds.
    func configureEventFile(settle: Int = 1, ackTimeout: Int = 60) throws {
        try configure(
            ackTimeout: ackTimeout,
            """
            [[events.target]]
            name = "disk"
            kind = "file"
            path = "\(eventFile)"
            settle_seconds = \(settle)
            """)
    }

    /// A consumer's token in a file of its own.
    func eventToken(_ name: String, roles: String = "keys") async throws -> String {
        let token = try await waiaas("event consumer add \(name) --roles \(roles) --output secret").succeeded().output
        let file = path("\(name).token")
        try Files.write(token, to: file)
        return file
    }

    /// A service that signs and verifies.
    func eventService(_ name: String, peers: [String], _ source: [String]) throws -> ChildProcess {
        let sockets = peers.map { path("\($0).sock") }.joined(separator: ",")
        return try spawn(Binary.eventTraffic, [path("\(name).sock"), sockets] + source)
    }

    /// Shows services an event that is signed with a key, and insists that each refuses it.
    func insist(on what: String, of key: String, refusedBy services: [(name: String, process: ChildProcess)]) async throws {
        let now = Clocks.system.now.wall.milliseconds / 1_000
        let line = #"{"id":"bad-\#(what)","timestamp":"\#(now)","body":"{}"}"# + "\n"
        let signature = try #require(try await python("webhooks", "sign", key, input: line).first)
        let sockets = services.map { path("\($0.name).sock") }.joined(separator: ",")
        let sender = try spawn(Binary.eventTraffic, ["send", sockets], input: "bad-\(what)\n\(now)\n\(signature)\n{}")
        #expect(try await sender.ended() == .code(0))
        for (name, process) in services {
            try await eventually("a word of \(name) about \(what)") { process.output.contains("bad-\(what)\n") }
            #expect(process.output.contains("refused bad-\(what)\n"), "\(name)")
        }
    }

    /// The key that signs, as a reader of the file has it.
    func eventKey() throws -> String {
        try #require(JSONDocument(scanning: Array(Files.text(eventFile).utf8)).root["value"]?.string)
    }

    /// The state of the event secret.
    func eventStatus() async throws -> JSONNode { try await waiaas("event status --json").succeeded().json }

    /// Waits until the rotation has come so far.
    func eventStep(_ step: String, within limit: Duration = .seconds(60)) async throws {
        try await eventually("step \(step)", within: limit) { try await eventStatus()["rotation"]?["step"]?.string == step }
    }

    /// The kid that signs.
    func eventKid() async throws -> String {
        let keys = try #require(try await eventStatus()["keys"]?.elements)
        return try #require(keys.first { $0["state"]?.string == "active" }?["kid"]?.string)
    }
}

extension Binary {
    /// The service that signs and verifies with WaiaasEvents, built beside the tests.
    static let eventTraffic = String(waiaas.dropLast("waiaas".count)) + "event-traffic"
}

extension ChildProcess {
    /// The figure of its last line: `failed=0`.
    func total(_ name: String) -> Int? {
        output.split(separator: "\n").last { $0.hasPrefix("total ") }?.split(separator: " ")
            .first { $0.hasPrefix("\(name)=") }.flatMap { Int($0.dropFirst(name.count + 1)) }
    }
}

extension DaemonProcess {
    /// The token of an event consumer that has just been added, with every role.
    func eventConsumer(_ name: String) async throws -> String {
        let consumer = NewEventConsumer(name: try #require(EventConsumer.Name(name)), roles: [.sign, .verify, .keys])
        return try await socket.call(CreateEventConsumer.self, body: consumer, as: self.operator).token
    }
}
