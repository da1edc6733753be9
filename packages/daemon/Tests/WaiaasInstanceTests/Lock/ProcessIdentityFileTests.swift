import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct ProcessIdentityFileTests {
    private let directory = TemporaryDirectory()
    private let mine = InstanceHolder(pid: 42, startedAt: nil, instanceID: InstanceID(high: 1, low: 1), address: "127.0.0.1:1")
    private let next = InstanceHolder(pid: 43, startedAt: nil, instanceID: InstanceID(high: 2, low: 2))
    private var file: ProcessIdentityFile { ProcessIdentityFile(path: directory["daemon.pid"]) }

    @Test func `it is written private, read back, and removed by its own run`() throws {
        #expect(try file.read() == nil)
        try file.write(mine)
        #expect(directory.mode("daemon.pid") == 0o600)
        #expect(directory.text("daemon.pid")?.hasPrefix("42\n") == true)
        #expect(try file.read() == mine)
        #expect(try file.remove(ifOf: InstanceID(high: 1, low: 1)))
        #expect(try file.read() == nil)
        #expect(try !file.remove(ifOf: InstanceID(high: 1, low: 1)))
    }

    @Test func `the file of a successor stays`() throws {
        try file.write(next)
        #expect(try !file.remove(ifOf: InstanceID(high: 1, low: 1)))
        #expect(try file.read() == next)
    }

    @Test func `nonsense is nobody's, and a file too large or a link is an error`() throws {
        directory.write("daemon.pid", "\u{0}garbage")
        #expect(try file.read() == nil)
        #expect(try !file.remove(ifOf: InstanceID(high: 1, low: 1)))
        directory.write("daemon.pid", "1\n" + String(repeating: "x", count: 600))
        #expect(throws: DataDirectoryError.tooLarge(path: directory["daemon.pid"], limit: 512)) { try file.read() }
        unlink(directory["daemon.pid"])
        symlink("/etc/passwd", directory["daemon.pid"])
        #expect(throws: DataDirectoryError.self) { try file.remove(ifOf: InstanceID(high: 1, low: 1)) }
    }
}
