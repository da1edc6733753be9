import Testing
import WaiaasCore

/// Which keys may sign checkpoints.
@Suite("Audit keys")
struct AuditTrustTests {
    /// A chain whose keys 1, 2, 3 each vouch for the next, with one checkpoint of each.
    private func rotated() throws -> ToyChain {
        var chain = try ToyChain(count: 30)
        let first = try ToyChain.key(1)
        let second = try ToyChain.key(2, vouchedBy: first)
        let third = try ToyChain.key(3, vouchedBy: second)
        chain.keys = [first, second, third]
        chain.checkpoints = try zip([10, 20, 30], chain.keys).map { try chain.checkpoint(at: $0, by: $1) }
        return chain
    }

    @Test func `keys that vouch for each other are all accepted`() throws {
        let verdict = try rotated().verdict()
        #expect(verdict.isWhole && verdict.signedThrough == 30)
    }

    @Test func `the pin accepts the first key it names and those it vouches for`() throws {
        let chain = try rotated()
        #expect(chain.verdict(trusted: chain.keys[0].kid).isWhole)
    }

    @Test func `a key list read from two places is one list`() throws {
        var chain = try rotated()
        chain.keys += chain.keys
        #expect(chain.verdict().isWhole)
    }

    @Test func `with another pin nothing is trusted, and the verdict says what is missing`() throws {
        let chain = try rotated()
        let pin = try ToyChain.key(9).kid
        let verdict = chain.verdict(trusted: pin)
        #expect(
            Set(verdict.faults.filter { !$0.description.contains("checkpoint") })
                == Set(chain.keys.map { .keyNotTrusted(kid: $0.kid) } + [.trustedKeyMissing(kid: pin)]))
        #expect(verdict.faults.count == 7 && verdict.signedThrough == 0)
    }

    @Test func `a key that is refused is named once, however many places hold it`() throws {
        var chain = try ToyChain(count: 120, checkpointsAt: [100, 20, 3])
        let pin = try ToyChain.key(9).kid
        chain.keys += chain.keys
        let kid = chain.keys[0].kid
        let faults = chain.verdict(trusted: pin).faults
        #expect(Set(faults.prefix(2)) == [.keyNotTrusted(kid: kid), .trustedKeyMissing(kid: pin)])
        #expect(
            Array(faults.dropFirst(2)) == [3, 20, 100].map { .checkpointNotSigned(sequence: $0, kid: kid) }, "in the order of the numbers")
    }

    @Test func `a pin with no keys at all is not met`() throws {
        var chain = try ToyChain(count: 2)
        let pin = chain.keys[0].kid
        chain.keys = []
        #expect(chain.verdict(trusted: pin).faults == [.trustedKeyMissing(kid: pin)])
        #expect(chain.verdict().isWhole)
    }

    @Test func `a forger's key before the pinned one is refused, and the pinned one accepted`() throws {
        var chain = try rotated()
        let forger = try ToyChain.key(9)
        let pin = chain.keys[0].kid
        chain.keys.insert(forger, at: 0)
        #expect(chain.verdict(trusted: pin).faults == [.keyNotTrusted(kid: forger.kid)])
        #expect(chain.verdict(trusted: pin).signedThrough == 30)
        #expect(!chain.verdict().isWhole, "without a pin the true first key is the one that is told, which is a fault all the same")
    }

    @Test func `a second key without a voucher is not trusted, nor are its checkpoints`() throws {
        var chain = try rotated()
        let forger = try ToyChain.key(9)
        chain.keys.append(forger)
        chain.checkpoints.append(try chain.checkpoint(at: 25, by: forger))
        #expect(Set(chain.verdict().faults) == [.keyNotTrusted(kid: forger.kid), .checkpointNotSigned(sequence: 25, kid: forger.kid)])
    }

    @Test func `a voucher holds for one key and by one key only`() throws {
        let (first, stranger) = try (ToyChain.key(1), ToyChain.key(9))
        let second = try ToyChain.key(2, vouchedBy: first)
        let voucher = try #require(second.voucher)
        let signature = ToyCryptography.signature(by: stranger.bytes, over: second.signedBytes)
        let forged = [
            try ToyChain.key(2, vouchedBy: stranger),
            AuditPublicKey(kid: stranger.kid, bytes: stranger.bytes, createdAt: stranger.createdAt, voucher: voucher),
            AuditPublicKey(kid: second.kid, bytes: second.bytes, createdAt: second.createdAt + .milliseconds(1), voucher: voucher),
            AuditPublicKey(kid: second.kid, bytes: stranger.bytes, createdAt: second.createdAt, voucher: voucher),
            AuditPublicKey(
                kid: second.kid, bytes: second.bytes, createdAt: second.createdAt, voucher: .init(kid: first.kid, signature: signature)),
        ]
        for key in forged {
            var chain = try ToyChain(count: 1)
            chain.keys = [first, key]
            #expect(chain.verdict().faults == [.keyNotTrusted(kid: key.kid)])
        }
    }

    @Test func `a key that does not match its kid is not trusted, even as the first or vouched for`() throws {
        let (first, other) = try (ToyChain.key(1), ToyChain.key(2))
        let lying = AuditPublicKey(kid: first.kid, bytes: other.bytes, createdAt: other.createdAt, voucher: nil)
        var chain = try ToyChain(count: 1)
        chain.keys = [lying]
        #expect(chain.verdict().faults == [.keyNotTrusted(kid: lying.kid)])
        let bare = AuditPublicKey(kid: other.kid, bytes: [7], createdAt: other.createdAt, voucher: nil)
        let signature = ToyCryptography.signature(by: first.bytes, over: bare.signedBytes)
        chain.keys = [
            first,
            AuditPublicKey(
                kid: bare.kid, bytes: bare.bytes, createdAt: bare.createdAt, voucher: .init(kid: first.kid, signature: signature)),
        ]
        #expect(chain.verdict().faults == [.keyNotTrusted(kid: other.kid)])
    }

    @Test func `a voucher that comes before its key is none`() throws {
        var chain = try rotated()
        chain.checkpoints = []
        chain.keys.swapAt(1, 2)
        #expect(chain.verdict().faults == [.keyNotTrusted(kid: chain.keys[1].kid)])
    }

    @Test func `every fault says its place in a sentence`() throws {
        let kid = try ToyChain.key(1).kid
        let faults: [(AuditFault, String)] = [
            (.altered(sequence: 7), "record 7"), (.notLinked(sequence: 7), "record 6"), (.missing(from: 7, through: 7), "record 7 is"),
            (.missing(from: 7, through: 8), "records 7 to 8"), (.outOfOrder(sequence: 7, after: 9), "after record 9"),
            (.differsFromCheckpoint(sequence: 7, signedAt: ToyChain.start), ToyChain.start.iso8601),
            (.truncated(from: 7, through: 7), "record 7 was"), (.truncated(from: 7, through: 9), "records 7 to 9"),
            (.macWrong(sequence: 7), "record 7"), (.checkpointNotSigned(sequence: 7, kid: kid), "record 7"),
            (.keyNotTrusted(kid: kid), kid.text), (.trustedKeyMissing(kid: kid), kid.text), (.unreadable(place: "line 3"), "line 3"),
        ]
        for (fault, part) in faults { #expect(fault.description.contains(part)) }
    }
}
