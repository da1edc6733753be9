import Glibc
import Testing
import WaiaasCore

@Suite("The instance lock")
struct LockTests {
    @Test func `of fifty starts at once exactly one wins, and the others exit 2 and name it`() async throws {
        try await World.inside { world in
            let starts = try (0..<50).map { _ in try world.launch() }
            let losers = try await eventually("forty-nine losers", within: .seconds(120)) {
                let ended = starts.filter { $0.exit != nil }
                return ended.count == 49 ? ended : nil
            }
            let winner = try #require(starts.first { $0.exit == nil })
            try await eventually("the winner's ready line") { winner.output.contains(" ready at http://") }
            for loser in losers {
                #expect(loser.exit == .code(2))
                #expect(loser.errors.contains("process \(winner.pid)"), "\(loser.errors)")
                #expect(loser.output == "")
            }
        }
    }

    @Test func `two data directories are two daemons`() async throws {
        try await World.inside { world in
            let second = world.path("second")
            try await world.waiaas("init", directory: second).succeeded()
            let daemon = try await world.start()
            let result = try await world.waiaas("start --port 0 --daemon", directory: second).succeeded()
            let pid = try #require(result.output.firstMatch(of: #/process ([0-9]+)/#).flatMap { pid_t($0.1) })
            world.adopt(pid)
            #expect(pid != daemon.pid)
            try await world.waiaas("stop", directory: second).succeeded()
        }
    }

    @Test func `after kill -9 the next start needs no hand`() async throws {
        try await World.inside { world in
            let first = try await world.start()
            let grant = try await first.grant(to: "trader")
            try await first.kill9()
            #expect(Files.exists(world.data("daemon.pid")), "the dead daemon could not remove it")
            let second = try await world.start()
            #expect(try await second.verdict(on: grant.token) == "200 current")
            #expect(Files.text(world.data("daemon.pid")).hasPrefix("\(second.pid)\n"))
            #expect(try await second.stop() == .code(0))
        }
    }

    @Test func `no descriptor of the daemon is handed to a child, so no child can hold its lock`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            var inherited: [String] = []
            var sawLock = false
            for number in try Files.list("/proc/\(daemon.pid)/fd") where (Int(number) ?? 0) > 2 {
                let target = Links.target("/proc/\(daemon.pid)/fd/\(number)")
                let flags = Files.text("/proc/\(daemon.pid)/fdinfo/\(number)").firstMatch(of: #/flags:\s+([0-7]+)/#)
                let closesOnExec = flags.flatMap { Int($0.1, radix: 8) }.map { $0 & 0o2000000 != 0 } ?? false
                if target.hasSuffix("/daemon.lock") { sawLock = true }
                if !closesOnExec { inherited.append("\(number) \(target)") }
            }
            #expect(sawLock)
            #expect(inherited == [])
        }
    }

    @Test func `a daemon whose lock file was deleted leaves within seconds and writes nothing more`() async throws {
        try await World.inside { world in
            let first = try await world.start()
            _ = try await first.grant(to: "trader")
            let records = try await first.auditRecords().count
            try Files.remove(world.data("daemon.lock"))
            // Another start is not turned away by it any more.
            let second = try await world.start()
            #expect(try await first.child.ended(within: .seconds(10)) == .code(1))
            #expect(first.log.contains("daemon.lock"))
            let names = try await second.auditNames()
            #expect(names.dropFirst(records).filter { $0 != "AUDIT_READ" } == ["DAEMON_STARTED"], "the first one said no good-bye")
            try await world.waiaas("audit verify").succeeded()
            #expect(try await second.stop() == .code(0))
        }
    }

    @Test(arguments: [true, false])
    func `a daemon whose database was replaced or taken away leaves within seconds, and what it answered is not lost`(
        isReplaced: Bool
    ) async throws {
        try await World.inside { world in
            let first = try await world.start()
            let grant = try await first.grant(to: "trader")
            let kept = world.path("kept.db")
            if isReplaced {
                // As a restore under a running daemon would do it: a copy is put in its place in one step.
                try Files.copy(world.database, to: kept)
                #expect(rename(kept, world.database) == 0)
            } else {
                #expect(rename(world.database, kept) == 0)
            }
            #expect(try await first.child.ended(within: .seconds(10)) == .code(1))
            #expect(first.log.contains("waiaas.db was replaced"), "\(first.log)")
            if !isReplaced {
                try await world.waiaas("start --port 0").exited(3)
                #expect(rename(kept, world.database) == 0)
            }
            let second = try await world.start()
            #expect(try await second.verdict(on: grant.token) == "200 current")
            #expect(!(try await second.auditNames().contains("DAEMON_STOPPED")), "the first one wrote on")
            #expect(try await second.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test func `status tells stopped, starting, running and unhealthy apart`() async throws {
        try await World.inside { world in
            try await world.waiaas("status").exited(3)
            let child = try world.launch()
            // Held still between taking the lock and listening: the password hash alone takes longer than a look.
            try await eventually("a holder") { Files.text(world.data("daemon.lock")).hasPrefix("\(child.pid)\n") }
            child.send(SIGSTOP)
            let starting = try await world.waiaas("status --json").exited(1)
            #expect(try starting.json["state"]?.string == "starting")
            child.send(SIGCONT)
            try await eventually("the ready line") { child.output.contains(" ready at http://") }
            let running = try await world.waiaas("status --json").succeeded()
            #expect(try running.json["state"]?.string == "running")
            #expect(try running.json["pid"]?.integer == Int64(child.pid))
            child.send(SIGSTOP)
            let unhealthy = try await world.waiaas("status --json").exited(1)
            #expect(try unhealthy.json["state"]?.string == "unhealthy")
            child.send(SIGKILL)
            try await child.ended()
            let stopped = try await world.waiaas("status --json").exited(3)
            #expect(try stopped.json["state"]?.string == "stopped")
        }
    }

    @Test func `a start with --lock-timeout waits for the holder to end`() async throws {
        try await World.inside { world in
            let first = try await world.start()
            let waiting = try world.launch(["--lock-timeout 60"])
            // It is still waiting after the time in which another one gives up.
            let other = try world.launch()
            #expect(try await other.ended() == .code(2))
            #expect(waiting.exit == nil)
            #expect(try await first.stop() == .code(0))
            try await eventually("the ready line of the one that waited") { waiting.output.contains(" ready at http://") }
        }
    }

    @Test func `two hundred status probes turn no start away`() async throws {
        try await World.inside { world in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<50 { _ = try await world.waiaas("status") }
                    }
                }
                group.addTask {
                    for _ in 0..<6 {
                        let daemon = try await world.start()
                        #expect(try await daemon.stop() == .code(0))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [["secret", "reset", "--yes"], ["start"], ["start", "--daemon"]])
    func `what needs the data directory for itself is refused while a daemon runs`(words: [String]) async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let result = try await world.waiaas(words.joined(separator: " "), "--json").exited(2)
            #expect(try result.errorJSON["code"]?.string == "ALREADY_RUNNING")
            #expect(try result.errorJSON["details"]?["pid"]?.integer == Int64(daemon.pid))
            #expect(try result.errorJSON["details"]?["address"]?.string == "127.0.0.1:\(daemon.port)")
            #expect(try await daemon.stop() == .code(0))
        }
    }

    @Test func `offline commands hold the lock themselves`() async throws {
        try await World.inside { world in
            // Held for a while by somebody who is no daemon: a start and the offline commands are all turned away.
            let flock = try #require(Binary.tool("flock"))
            let holder = try world.spawn(flock, [world.data("daemon.lock"), "sleep", "60"])
            try await eventually("the lock is held") { try await world.waiaas("status").exit == .code(1) }
            try await world.waiaas("start --port 0").exited(2)
            try await world.waiaas("secret reset --yes").exited(2)
            holder.send(SIGKILL)
        }
    }
}
