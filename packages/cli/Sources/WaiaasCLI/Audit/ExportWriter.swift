import WaiaasCore

/// Writes the lines of an export to a file or to standard output.
struct ExportWriter {
    private(set) var export: AuditExport
    private let console: any Console
    private let file: (any ConsoleFile)?

    /// Begins an export.
    ///
    /// - Parameters:
    ///   - export: puts the lines together.
    ///   - path: the file; nil for standard output.
    init(_ export: AuditExport, to path: String?, console: any Console) throws(CommandFailure) {
        self.export = export
        self.console = console
        do {
            file = try path.map { (path) throws(ConsoleFault) in try console.create(path) }
        } catch {
            throw CommandFailure(error)
        }
    }

    mutating func begin(at time: WallTime) throws(CommandFailure) { try write(export.head(at: time)) }

    mutating func take(_ batch: AuditBatch) throws(CommandFailure) { try write(export.lines(for: batch)) }

    mutating func end(adding faults: [AuditFault], isLive: Bool) throws(CommandFailure) {
        try write(export.end(adding: faults, isLive: isLive))
        do {
            try file?.publish()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Leaves no file behind.
    func abandon() { file?.abandon() }

    private func write(_ lines: [UInt8]) throws(CommandFailure) {
        do {
            if let file { try file.append(lines) } else { try console.write(String(decoding: lines, as: UTF8.self), to: .output) }
        } catch {
            throw CommandFailure(error)
        }
    }
}
