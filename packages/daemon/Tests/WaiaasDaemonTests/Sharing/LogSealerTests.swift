import Testing
import WaiaasBackup
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasDaemon

@Suite struct LogSealerTests {
    private static let founding = LogHead(sequence: 0, digest: Digest256(words: [1, 2, 3, 4]))
    private static let changes = Array("what was changed, and the name of ada".utf8)

    private let sealer: LogSealer
    private let other: LogSealer

    init() throws {
        sealer = try LogSealer(MasterKey(try SecretBytes.random(count: 32)))
        other = try LogSealer(MasterKey(try SecretBytes.random(count: 32)))
    }

    @Test func `an entry opens in its place, and shows nothing of what it holds`() throws {
        let sealed = try sealer.seal(Self.changes, behind: Self.founding)
        #expect(sealed.head.sequence == 1)
        let opened = try #require(sealer.open(sealed.entry, behind: Self.founding))
        #expect(opened.changes == Self.changes)
        #expect(opened.head == sealed.head)
        #expect(sealer.isOurs(sealed.entry, numbered: 1))
        let next = try sealer.seal([], behind: sealed.head)
        #expect(sealer.open(next.entry, behind: sealed.head)?.changes == [])
        #expect(!String(decoding: sealed.entry, as: UTF8.self).contains("ada"))
    }

    @Test func `two entries of one place share neither key nor digest`() throws {
        let (one, two) = (try sealer.seal(Self.changes, behind: Self.founding), try sealer.seal(Self.changes, behind: Self.founding))
        #expect(one.head != two.head)
        #expect(one.entry[96...] != two.entry[96...])
    }

    @Test func `OPS-07: in another place, under another key or with any byte changed it opens nowhere`() throws {
        let sealed = try sealer.seal(Self.changes, behind: Self.founding)
        #expect(sealer.open(sealed.entry, behind: LogHead(sequence: 1, digest: Self.founding.digest)) == nil)
        #expect(sealer.open(sealed.entry, behind: LogHead(sequence: 0, digest: sealed.head.digest)) == nil)
        #expect(other.open(sealed.entry, behind: Self.founding) == nil)
        #expect(!other.isOurs(sealed.entry, numbered: 1))
        #expect(!sealer.isOurs(sealed.entry, numbered: 2))
        for index in sealed.entry.indices {
            var changed = sealed.entry
            changed[index] ^= 1
            #expect(sealer.open(changed, behind: Self.founding) == nil)
        }
        for count in 0..<sealed.entry.count { #expect(sealer.open(Array(sealed.entry.prefix(count)), behind: Self.founding) == nil) }
    }

    @Test func `a copy opens under its name and its number only`() throws {
        let sealing = try sealer.sealing(ofCopy: "one", through: 7)
        let chunk = try sealing.seal(Self.changes, 0, true)
        #expect(sealing.open(chunk, 0, true) == Self.changes)
        #expect(sealing.open(chunk, 0, false) == nil)
        #expect(try sealer.sealing(ofCopy: "two", through: 7).open(chunk, 0, true) == nil)
        #expect(try sealer.sealing(ofCopy: "one", through: 8).open(chunk, 0, true) == nil)
        #expect(try other.sealing(ofCopy: "one", through: 7).open(chunk, 0, true) == nil)
    }
}
