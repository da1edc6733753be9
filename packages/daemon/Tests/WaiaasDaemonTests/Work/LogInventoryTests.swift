import Foundation
import Testing
import WaiaasCore

/// docs/operations.md lists what can stand in the log and among the metrics. The sources are read, so that neither can grow in silence.
@Suite struct LogInventoryTests {
    private static let package = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardizedFileURL
    private static let manual: String = {
        (try? String(contentsOf: package.appending(path: "../../docs/operations.md").standardizedFileURL, encoding: .utf8)) ?? ""
    }()

    private static func sources() throws -> [String] {
        let root = package.appending(path: "Sources/WaiaasDaemon")
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
        return try names.map { try String(contentsOf: root.appending(path: $0), encoding: .utf8) }
    }

    @Test func `AUD-12: every event of the log is in the manual`() throws {
        let events = try Self.sources().flatMap { $0.matches(of: #/log\.(?:debug|info|warn|error)\(\s*"([^"]+)"/#).map { String($0.1) } }
        #expect(events.count > 15)
        for event in Set(events) { #expect(Self.manual.contains("`\(event)`"), "\(event)") }
    }

    @Test func `every metric is in the manual`() throws {
        let names = try Self.sources().flatMap { $0.matches(of: #/\.(?:counter|gauge|histogram)\(\s*"([a-z_]+)"/#).map { String($0.1) } }
        #expect(names.count > 25)
        for name in Set(names) { #expect(Self.manual.contains("`\(name)`"), "\(name)") }
    }
}
