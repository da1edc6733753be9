import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct AtomicFileTests {
    private let directory = TemporaryDirectory()

    private func write(_ text: String, _ name: String) throws {
        try AtomicFile.write(Array(text.utf8).span.bytes, to: directory[name])
    }

    @Test func `a file is made private, replaced whole, and nothing is left beside it`() throws {
        let before = umask(0)
        defer { umask(before) }
        try write("one", "f")
        #expect(directory.text("f") == "one" && directory.mode("f") == 0o600)
        try write("", "f")
        #expect(directory.text("f") == "")
        try write(String(repeating: "x", count: 60_000), "f")
        #expect(directory.text("f")?.count == 60_000)
        #expect(directory.mode("f.new") == nil)
    }

    @Test func `what a crash left beside is replaced, and a link there or at the target is not followed`() throws {
        let victim = directory.write("victim", "keep", mode: 0o644)
        directory.write("f.new", "half")
        try write("one", "f")
        symlink(victim, directory["f.new"])
        try write("two", "f")
        unlink(directory["f"])
        symlink(victim, directory["f"])
        try write("three", "f")
        #expect(directory.text("f") == "three" && directory.text("victim") == "keep" && directory.mode("victim") == 0o644)
    }

    @Test func `a reader with the old file open keeps it`() throws {
        try write("old", "f")
        let reader = open(directory["f"], O_RDONLY | O_CLOEXEC)
        defer { close(reader) }
        try write("new", "f")
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 3)
        #expect(String(decoding: bytes.prefix(3), as: UTF8.self) == "old")
    }

    @Test func `a failure leaves the target as it was and nothing beside it`() {
        mkdir(directory["d"], 0o700)
        directory.write("d/inner", "x")
        #expect(throws: DataDirectoryError.system(path: directory["d"], reason: "Is a directory")) { try write("x", "d") }
        #expect(directory.mode("d.new") == nil && directory.text("d/inner") == "x")
        #expect(throws: DataDirectoryError.self) { try write("x", "absent/f") }
    }
}
