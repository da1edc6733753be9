import Foundation
import Synchronization
import WaiaasCore
import WaiaasStorageTestSupport

@testable import WaiaasStorageRedis

/// A real Redis server on a Unix socket in a directory of its own; it ends with this value.
final class RedisServer: Sendable {
    let directory: String
    let process: Process

    /// The server's address.
    var address: RedisAddress {
        get throws { try RedisAddress("unix://\(directory)/redis.sock").orThrow("no address") }
    }

    init(_ settings: [String] = []) throws {
        signal(SIGPIPE, SIG_IGN)
        directory = try TemporaryStore.makeDirectory()
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/redis-server")
        process.arguments =
            ["--port", "0", "--unixsocket", directory + "/redis.sock", "--dir", directory, "--save", ""] + settings
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        Self.endWithUs(process.processIdentifier)
        let log = try log("waiting")
        for _ in 0..<2_000 {
            if (try? log.connect()) != nil { return }
            // tidy:allow sleep because it looks until there is something to see
            usleep(5_000)
        }
        throw StoreError.unavailable("redis-server does not answer")
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        TemporaryStore.remove(directory)
    }

    /// A server that a static value holds has nobody else to end it.
    private static let running = Mutex<[pid_t]>([])

    private static func endWithUs(_ process: pid_t) {
        let isFirst = running.withLock { running in
            running.append(process)
            return running.count == 1
        }
        if isFirst { atexit { for process in RedisServer.running.withLock({ $0 }) { kill(process, SIGKILL) } } }
    }

    /// A log on this server.
    func log(_ prefix: String, password: (any RedisPassword)? = nil, deadline: Duration = .seconds(5)) throws -> RedisLog {
        RedisLog(try address, password: password, prefix: prefix, deadline: deadline)
    }

    /// A connection for what no log of ours would do.
    func raw() throws -> RedisConnection { try RedisConnection(try address, password: nil, deadline: .seconds(5)) }
}

extension Optional {
    func orThrow(_ reason: String) throws -> Wrapped {
        guard let self else { throw StoreError.unavailable(reason) }
        return self
    }
}
