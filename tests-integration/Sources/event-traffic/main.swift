import Glibc
import WaiaasCore
import WaiaasEvents

// A service as others write it with WaiaasEvents: it signs events, sends them to its peers, and verifies what comes from them.
//
// event-traffic SOCKET PEERS file PATH
// event-traffic SOCKET PEERS daemon URL TOKEN_FILE
//
// event-traffic send PEERS < MESSAGE
//
// PEERS are socket paths between commas. A line on standard output for each reload, each change of what is loaded with the time in
// milliseconds, and each failure; on SIGTERM the totals, and the end. An event whose id begins with "bad-" must be refused, and it is said
// whether it was. The last form sends one message to every peer: id, timestamp, signature, body, a line each.

let words = CommandLine.arguments
if words.count == 3, words[1] == "send" {
    let message = contents(of: "/dev/stdin")
    let areSent = words[2].split(separator: ",").map { DatagramSocket.send(message, to: String($0)) }
    exit(areSent.allSatisfy { $0 } ? 0 : 1)
}
guard words.count >= 5, let socket = DatagramSocket(path: words[1]) else {
    // tidy:allow print because it tells whoever starts it by hand how
    print("usage: event-traffic SOCKET PEERS file PATH | daemon URL TOKEN_FILE")
    exit(2)
}
let peers = words[2].split(separator: ",").map(String.init)
let source: EventKeySource
if words[3] == "daemon", words.count >= 6 {
    var token = contents(of: words[5])
    source = .daemon(url: words[4], token: EventConsumerToken(taking: &token))
} else {
    source = .file(path: words[4])
}
let verifier = try await EventVerifier(source) { line in say(line) }
verifier.watch()
signal(SIGTERM) { _ in hasEnded = 1 }
say("ready \(verifier.signingKid)")

var (signed, sent, accepted, failed, refused) = (0, 0, 0, 0, 0)
var loaded: [KeyID] = []
while hasEnded == 0 {
    if verifier.loaded != loaded {
        loaded = verifier.loaded
        say("loaded \(loaded.map(\.text).joined(separator: ",")) at=\(Clocks.system.now.wall.milliseconds)")
    }
    signed += 1
    let body = Array(#"{"type":"traffic","number":\#(signed)}"#.utf8)
    let id = "e\(getpid())-\(signed)"
    if let event = verifier.sign(body, id: id), let peer = peers.randomElement() {
        let text = "\(event.id)\n\(event.timestamp)\n\(event.signature)\n"
        if socket.send(Array(text.utf8) + body, to: peer) { sent += 1 }
    }
    while let message = socket.receive() {
        let parts = message.split(separator: UInt8(ascii: "\n"), maxSplits: 3).map { Array($0) }
        guard parts.count == 4 else { continue }
        let texts = parts.prefix(3).map { String(decoding: $0, as: UTF8.self) }
        let verdict = await verifier.verify(parts[3], id: texts[0], timestamp: texts[1], signature: texts[2])
        if texts[0].hasPrefix("bad-") {
            say("\(verdict.isValid ? "FORGED" : "refused") \(texts[0])")
            if verdict.isValid { failed += 1 } else { refused += 1 }
        } else if verdict.isValid {
            accepted += 1
        } else {
            failed += 1
            say("failed \(texts[0]) \(verdict) with \(verifier.loaded.map(\.text).joined(separator: ","))")
        }
    }
    // As fast as one can, and yet the watching task has its turn.
    await Task.yield()
}
say("total signed=\(signed) sent=\(sent) accepted=\(accepted) failed=\(failed) refused=\(refused)")
exit(failed == 0 ? 0 : 1)
