import Foundation
import Glibc
import Synchronization
import Testing

/// A small world for one test: a folder, a password, a data directory, and every process that was started in it.
///
/// When the story ends the processes are killed and the folder is removed (`WAIAAS_KEEP=1` keeps it).
final class World: Sendable {
    /// The folder that holds everything.
    let folder: String
    /// The data directory; it does not exist before ``initialise()``.
    let dataDirectory: String
    /// The master password: no other text of the machine is like it, so that a search for it finds leaks only.
    let password: String
    /// The file that holds it.
    let passwordFile: String
    private let crew: Crew

    /// Every process that was started in a world.
    private final class Crew: Sendable {
        let processes = Mutex<[ChildProcess]>([])
        let strangers = Mutex<[pid_t]>([])
        let names = Atomic<Int>(0)
    }

    /// Two cores carry about this many daemons at once, each hashing a password now and then.
    private static let places = Places(4)

    private init() throws {
        let name = (0..<4).map { _ in String(UInt16.random(in: .min ... .max), radix: 16) }.joined()
        folder = "/tmp/waiaas-\(getpid())-\(name)"
        dataDirectory = folder + "/data"
        password = "canary-\(name)-of-the-master-password"
        passwordFile = folder + "/password"
        crew = Crew()
        try Files.makeFolder(folder)
        try Files.write(password + "\n", to: passwordFile)
    }

    /// The same world seen from another data directory: a machine that something is restored on. It ends with the first one.
    init(_ world: World, dataDirectory: String) {
        folder = world.folder
        self.dataDirectory = dataDirectory
        password = world.password
        passwordFile = world.passwordFile
        crew = world.crew
    }

    /// Tells a story in a fresh world with an initialised data directory.
    ///
    /// - Parameter isInitialised: false for stories that begin before `init`.
    static func inside<Answer>(isInitialised: Bool = true, _ story: (World) async throws -> Answer) async throws -> Answer {
        await places.take()
        defer { places.giveBack() }
        let world = try World()
        do {
            if isInitialised { try await world.waiaas("init").succeeded() }
            let answer = try await story(world)
            await world.end()
            return answer
        } catch {
            await world.end()
            throw error
        }
    }

    private func end() async {
        for pid in crew.strangers.withLock({ $0 }) { kill(pid, SIGKILL) }
        for process in crew.processes.withLock({ $0 }) {
            process.send(SIGKILL)
            _ = try? await process.ended()
        }
        if Variables["WAIAAS_KEEP"] == nil { try? Files.remove(folder) } else { print("kept: \(folder)") }
    }

    /// The variables of every process: next to nothing.
    var environment: [String: String] { ["PATH": "/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8"] }

    /// Starts a program; it does not outlive the story.
    func spawn(
        _ program: String, _ arguments: [String], environment more: [String: String] = [:], input: String = ""
    ) throws -> ChildProcess {
        let number = crew.names.wrappingAdd(1, ordering: .relaxed).newValue
        let process = try ChildProcess(
            program, arguments, environment: environment.merging(more) { $1 }, input: Array(input.utf8), folder: folder,
            prints: "\(folder)/process-\(number)")
        crew.processes.withLock { $0.append(process) }
        return process
    }

    /// Takes over a process that another one started: it is killed at the end of the story.
    func adopt(_ pid: pid_t) { crew.strangers.withLock { $0.append(pid) } }

    /// A path in the folder of this world.
    func path(_ name: String) -> String { "\(folder)/\(name)" }
    /// A path in the data directory.
    func data(_ name: String) -> String { "\(dataDirectory)/\(name)" }
    /// The database.
    var database: String { data("waiaas.db") }
    /// The checkpoints of the audit log.
    var checkpoints: String { data("audit-checkpoints.jsonl") }
}
