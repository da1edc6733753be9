import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance

/// A place that a program of the operator's reads and writes: the way to providers that have no target of their own.
///
/// The program is called with one more argument. `read`: it writes what is stored to its standard output, nothing if there is nothing.
/// `write`: the document stands on its standard input, and `WAIAAS_REPLACES` is the SHA-256 of what it read last, or empty; a program that
/// can compare exits 3 if something else is there by now. `destroy`: it destroys what its provider keeps of versions before the newest.
struct ExecTarget: EventTarget {
    /// What an exit code says.
    private enum Code {
        static let done: Int32 = 0
        static let conflict: Int32 = 3
        static let refused: Int32 = 4
    }

    let name: String
    let settle: Duration
    let path: String
    let program: ChildProgram
    /// A program may take its time; it keeps nobody else waiting.
    let queue: WorkQueue

    var kind: EventTargetKind { .exec }
    var place: String { path }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        var bytes = try await run("read")
        defer { bytes.wipe() }
        if bytes.isEmpty { return nil }
        return try HeldEventKeys(reading: bytes, version: SHA256.digest(bytes).description, at: moment)
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        var input = document.encoded()
        defer { input.wipe() }
        var output = try await run("write", input: input, values: ["WAIAAS_REPLACES=\(held?.version ?? "")"])
        output.wipe()
    }

    func destroyVersions(before held: HeldEventKeys) async throws {
        var output = try await run("destroy")
        output.wipe()
    }

    private func run(_ word: String, input: [UInt8] = [], values: [String] = []) async throws -> [UInt8] {
        let program = program
        var (ending, output): (ChildProgram.Ending, [UInt8])
        do {
            (ending, output) = try await queue.run { try program.run([word], input: input, values: values, limit: EventDocument.limit) }
        } catch let error as ChildProgramError {
            throw EventTargetError.refused("\(path) cannot be started: \(error.reason)")
        } catch is WorkQueue.Full {
            throw EventTargetError.unreachable("too much waits to be written")
        }
        if ending == .exited(Code.done) { return output }
        output.wipe()
        throw Self.error(ending, word)
    }

    private static func error(_ ending: ChildProgram.Ending, _ word: String) -> EventTargetError {
        switch ending {
        case .exited(Code.conflict): .conflict
        case .exited(Code.refused): .refused("its program refuses to \(word)")
        case .exited(let code): .unreachable("its program exits \(code) when it is to \(word)")
        case .killed: .unreachable("its program was killed")
        case .timedOut: .unreachable("its program was not done in time, and was killed")
        case .wroteTooMuch: .damaged("its program writes more than \(EventDocument.limit) bytes")
        }
    }
}
