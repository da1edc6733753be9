import Foundation
import Testing
import WaiaasCLI

/// The console of the process, on real files.
struct SystemConsoleTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "waiaas-\(UUID().uuidString)")

    @Test func `a file is read whole, up to its limit`() throws {
        let source = ConsoleSource.file(path: file.path)
        try Data(repeating: 0x61, count: 10_000).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try SystemConsole().read(source, limit: 10_000).count == 10_000)
        #expect(throws: ConsoleFault.tooLong(source, limit: 9_999)) { try SystemConsole().read(source, limit: 9_999) }
    }

    @Test func `a device without an end is not read beyond the limit`() {
        let source = ConsoleSource.file(path: "/dev/zero")
        #expect(throws: ConsoleFault.tooLong(source, limit: 4_096)) { try SystemConsole().read(source, limit: 4_096) }
    }

    @Test func `a file that cannot be read is named with the reason`() {
        let source = ConsoleSource.file(path: file.path)
        #expect(throws: ConsoleFault.unreadable(source, reason: "No such file or directory")) {
            try SystemConsole().read(source, limit: 1)
        }
        let folder = ConsoleSource.file(path: "/")
        #expect(throws: ConsoleFault.unreadable(folder, reason: "Is a directory")) { try SystemConsole().read(folder, limit: 1) }
    }
}
