import Glibc
import Testing
import WaiaasCore
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) final class CheckpointFileTests {
    let directory: String
    var path: String { directory + "/audit-checkpoints.jsonl" }

    init() throws {
        directory = try TemporaryStore.makeDirectory()
    }

    deinit { TemporaryStore.remove(directory) }

    private let checkpoints = (1...3).map { number in
        AuditCheckpoint(
            sequence: Int64(number), hash: Sample(seed: UInt64(number)).digest(), time: Sample.start, kid: Sample(seed: 9).kid(),
            signature: Array(repeating: UInt8(number), count: 64))
    }

    @Test func `more lines than one write takes stand there once each, in order`() throws {
        let many = (1...CheckpointFile.linesAtOnce * 2 + 1).map { number in
            AuditCheckpoint(
                sequence: Int64(number), hash: Sample(seed: 1).digest(), time: Sample.start, kid: Sample(seed: 9).kid(),
                signature: Array(repeating: 7, count: 64))
        }
        try CheckpointFile(path: path).append(many.map { .checkpoint($0) })
        let found = try CheckpointReader.read(path)
        #expect(found.checkpoints == many)
        #expect(found.faults.isEmpty)
        try CheckpointFile(path: path).append([])
        #expect(try CheckpointReader.read(path).checkpoints.count == many.count)
    }

    private func add(_ bytes: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    @Test func `what is appended is read again, in order, from a file that only its owner may read`() throws {
        for checkpoint in checkpoints { try CheckpointFile(path: path).append([.checkpoint(checkpoint)]) }
        let found = try CheckpointReader.read(path)
        #expect(found.checkpoints == checkpoints)
        #expect(found.faults.isEmpty)
        var status = stat()
        stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a line that was cut short does not spoil the next`() throws {
        try CheckpointFile(path: path).append([.checkpoint(checkpoints[0])])
        for length in [1, 20, 100] {
            add(Array(AuditLine.checkpoint(checkpoints[1]).bytes.prefix(length)))
            #expect(try CheckpointReader.read(path).checkpoints == [checkpoints[0]])
            #expect(try CheckpointReader.read(path).faults.isEmpty)
        }
        try CheckpointFile(path: path).append([.checkpoint(checkpoints[2])])
        let found = try CheckpointReader.read(path)
        #expect(found.checkpoints == [checkpoints[0], checkpoints[2]])
        #expect(found.faults.isEmpty)
    }

    @Test func `a first line that was cut short is replaced`() throws {
        add(Array("{\"type\":\"check".utf8))
        try CheckpointFile(path: path).append([.checkpoint(checkpoints[0])])
        #expect(try CheckpointReader.read(path).checkpoints == [checkpoints[0]])
    }

    @Test func `a file that ends in something else is left alone`() throws {
        add(Array(repeating: UInt8(ascii: "x"), count: 5_000))
        #expect(throws: CheckpointFileError.notOurs(path: path)) {
            try CheckpointFile(path: path).append([.checkpoint(checkpoints[0])])
        }
    }

    @Test func `a link in the file's place is not followed`() throws {
        symlink("/dev/null", path)
        #expect(throws: CheckpointFileError.system(path: path, errno: ELOOP)) {
            try CheckpointFile(path: path).append([.checkpoint(checkpoints[0])])
        }
    }

    @Test(
        arguments: [
            "", "{}", "[]", "x", #"{"type":"checkpoint"}"#, #"{"type":"key","kid":"a","publicKey":"!","createdAt":"2026-01-01T00:00:00Z"}"#,
            #"{"type":"checkpoint","sequence":0,"hash":"00","time":"2026-01-01T00:00:00Z","kid":"a","signature":"AA"}"#,
        ])
    func `a line that is neither key nor checkpoint is a fault with its place`(line: String) throws {
        try CheckpointFile(path: path).append([.checkpoint(checkpoints[0])])
        add(Array((line + "\n").utf8))
        let found = try CheckpointReader.read(path)
        #expect(found.checkpoints == [checkpoints[0]])
        #expect(found.faults == [.unreadable(place: "\(path) line 2")])
    }

    @Test func `a line without end is read in bounded memory, and is a fault`() throws {
        add(Array(repeating: UInt8(ascii: "x"), count: 1 << 20) + [UInt8(ascii: "\n")])
        #expect(try CheckpointReader.read(path).faults.count == 1)
    }

    @Test func `an absent file is empty, unless it was asked for by name`() throws {
        #expect(try CheckpointReader.read(path) == .empty)
        #expect(throws: DataDirectoryError.self) { try CheckpointReader.read(path, mustExist: true) }
    }
}
