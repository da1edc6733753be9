import Testing
import WaiaasBackup
import WaiaasCore

@Suite("The backup file")
struct ArchiveTests {
    /// What a flipped, cut or shuffled file comes to: nil if it was read as if nothing were wrong.
    private func fault(_ bytes: [UInt8]) -> BackupFault? {
        do {
            _ = try Archive.read(bytes)
            return nil
        } catch {
            return error as? BackupFault
        }
    }

    private func place(_ bytes: [UInt8]) -> String? {
        guard case .damaged("F", let place) = fault(bytes) else { return nil }
        return place
    }

    @Test(arguments: [0, 1, 16, 65_519, 65_520, 65_535, 65_536, 65_537, 131_072, 300_000])
    func `what was written is read back, whatever its size`(count: Int) throws {
        let files = [("a", noise(count)), ("empty", []), ("b", [UInt8](repeating: 7, count: count)), ("last", [])]
        let archive = try Archive(files)
        let (header, found) = try Archive.read(archive.bytes)
        #expect(found.map(\.0) == files.map(\.0) && found.map(\.1) == files.map(\.1))
        #expect(header.description.createdAt == Archive.time && header.description.productVersion == "1.2.3")
        #expect(header.description.contentBytes == Int64(2 * count) && header.masterKey == "$wrapped$")
    }

    @Test func `each bit of each byte counts`() throws {
        let bytes = try Archive([("a", noise(300)), ("b", [1, 2, 3])]).bytes
        for index in bytes.indices {
            for bit in [UInt8(1), 0x80] {
                var changed = bytes
                changed[index] ^= bit
                #expect(fault(changed) != nil, "byte \(index)")
            }
        }
    }

    @Test func `each length but the right one is found, and a cut is called one`() throws {
        let bytes = try Archive([("a", noise(300))]).bytes
        for length in bytes.indices { #expect(fault(Array(bytes.prefix(length))) != nil, "\(length) bytes") }
        #expect(place(Array(bytes.prefix(9)))?.contains("first bytes") == true)
        #expect(place(Array(bytes.prefix(100))) == "it ends within its header")
        for more in [1, 15, 16, 17, 70_000] { #expect(fault(bytes + noise(more)) != nil, "\(more) bytes more") }
    }

    @Test func `chunks keep their places, their number and their end`() throws {
        let archive = try Archive([("a", noise(200_000))])
        let chunk = 65_536 + 16
        // The header ends where three whole chunks and a shorter one begin.
        let start = archive.bytes.count - archive.bytes.count % chunk - 3 * chunk + (archive.bytes.count % chunk - lastLength(archive))
        let chunks = stride(from: start, to: archive.bytes.count, by: chunk).map {
            Array(archive.bytes[$0..<min($0 + chunk, archive.bytes.count)])
        }
        let header = Array(archive.bytes.prefix(start))
        func file(_ chunks: [[UInt8]]) -> [UInt8] { header + chunks.joined() }
        try #require(chunks.count == 4 && fault(file(chunks)) == nil)
        #expect(place(file([chunks[1], chunks[0], chunks[2], chunks[3]]))?.contains("are not as they were written") == true)
        #expect(fault(file([chunks[0], chunks[0], chunks[1], chunks[2], chunks[3]])) != nil)
        #expect(fault(file([chunks[0], chunks[2], chunks[3]])) != nil)
        #expect(fault(file([chunks[3]])) != nil)
        // Cut at the end of a chunk: what is there is whole, and still not all.
        for count in 1...3 {
            let cut = file(Array(chunks.prefix(count)))
            #expect(place(cut) == "it was cut off after byte \(cut.count - 1)")
        }
        #expect(place(header) == "it ends after byte \(start - 1), before its contents")
        // A chunk of another backup of the same contents does not fit either: it is bound to its own header.
        let other = try Archive([("b", noise(200_000))]).bytes
        #expect(fault(file(chunks.prefix(3) + [Array(other.suffix(chunks[3].count))])) != nil)
    }

    /// The length of the last chunk, found by looking for the only header length that reads.
    private func lastLength(_ archive: Archive) -> Int {
        let length = archive.bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        return (archive.bytes.count - 20 - length - 32) % (65_536 + 16)
    }

    @Test func `a file of a later release is told from a damaged one`() throws {
        var bytes = try Archive([("a", [1])]).bytes
        bytes[15] = 9
        #expect(place(bytes)?.contains("header") == true, "only the digest can say that the version was meant")
        let length = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let digest = ToySealing.digest(Array(bytes.prefix(20 + length))).bytes
        bytes.replaceSubrange((20 + length)..<(20 + length + 32), with: digest)
        #expect(fault(bytes) == .newerFormat(path: "F", found: 9, known: 1))
    }

    @Test func `no length that the file claims is believed`() throws {
        var bytes = try Archive([("a", [1])]).bytes
        for claim in [[0xff, 0xff, 0xff, 0xff], [0, 0, 0x40, 1], [0, 0, 0, 0]] as [[UInt8]] {
            bytes.replaceSubrange(16..<20, with: claim)
            #expect(place(bytes) != nil)
        }
    }

    @Test func `a header that leads elsewhere, or says what cannot be, is refused`() throws {
        for name in ["", "../x", "a/b", ".hidden", "a b", "a\u{0}"] {
            #expect(place(try Archive([(name, [1])]).bytes) == "its header cannot be read", "\(name)")
        }
        #expect(place(try Archive([("a", [1]), ("a", [2])]).bytes) == "its header cannot be read")
        #expect(place(try Archive((0..<17).map { ("f\($0)", []) }).bytes) == "its header cannot be read")
    }

    @Test func `no more comes out than the header says, and no less`() throws {
        // A gigabyte of zeros compresses to a megabyte: the sizes of the header bound it, and so do the pieces.
        #expect(throws: ArchiveMisuse.otherSize) { try Archive([("a", noise(10))], sizes: [9]) }
        #expect(throws: ArchiveMisuse.otherSize) { try Archive([("a", noise(10))], sizes: [11]) }
    }

    @Test func `contents that were sealed but keep to no format are refused`() throws {
        let good = try Archive([("a", [UInt8](repeating: 0, count: 1 << 20))]).bytes
        let length = good[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let header = Array(good.prefix(20 + length + 32))
        let sealing = ToySealing.sealing(ToySealing.digest(Array(good.prefix(20 + length))))
        func contents(_ chunks: [UInt8]) throws -> String? { place(header + (try sealing.seal(chunks, 0, true))) }
        let compressed = good.dropFirst(header.count).dropLast(16).map { $0 ^ 0x5a }
        #expect(try contents(compressed) == nil)
        #expect(try contents(noise(50)) == "its contents cannot be unpacked")
        #expect(try contents(compressed + [1]) == "it holds more than its header says")
        #expect(try contents(Array(compressed.dropLast(1))) == "it holds less than its header says")
        #expect(try contents([]) == "it holds less than its header says")
        // The contents of a larger one, under this header: a bomb.
        let bomb = try Archive([("a", [UInt8](repeating: 0, count: 3 << 20))]).bytes
        let bombLength = bomb[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let swollen = bomb.dropFirst(20 + bombLength + 32).dropLast(16).map { $0 ^ 0x5a }
        #expect(try contents(swollen) == "it holds more than its header says")
        let small = try Archive([("a", [0])]).bytes
        let smallLength = small[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let shrunk = small.dropFirst(20 + smallLength + 32).dropLast(16).map { $0 ^ 0x5a }
        #expect(try contents(shrunk) == "it holds less than its header says")
    }
}
