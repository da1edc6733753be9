import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct RestoreStageTests {
    private let scratch = TemporaryDirectory()
    private let time = WallTime(seconds: 1_800_000_000)
    private static let names = ["waiaas.db", "config.toml", "audit-checkpoints.jsonl"]

    private var stage: RestoreStage { RestoreStage(of: DataDirectory(path: scratch.path)) }

    /// A directory with old files, and new ones that were decided for.
    private func decided() throws {
        for name in Self.names + ["waiaas.db-wal", "waiaas.db-shm"] { scratch.write(name, "old \(name)") }
        try stage.prepare()
        for name in Self.names { scratch.write("restore.new/\(name)", "new \(name)") }
        try stage.decide()
    }

    private func expectNew(keptAt kept: String?, _ place: SourceLocation = #_sourceLocation) throws {
        #expect(try !stage.isDecided(), sourceLocation: place)
        for name in Self.names { #expect(scratch.text(name) == "new \(name)", sourceLocation: place) }
        #expect(scratch.text("waiaas.db-wal") == nil && scratch.text("waiaas.db-shm") == nil, sourceLocation: place)
        let kept = try #require(kept, sourceLocation: place)
        #expect(kept == scratch["before-restore-20270115T080000.000Z"], sourceLocation: place)
        #expect(try Folder.names(in: kept).count == 5, sourceLocation: place)
        for name in Self.names {
            #expect(scratch.text("before-restore-20270115T080000.000Z/\(name)") == "old \(name)", sourceLocation: place)
        }
        #expect(scratch.mode("before-restore-20270115T080000.000Z") == 0o700, sourceLocation: place)
    }

    @Test func `new files take the place of the old ones, which are kept`() throws {
        try decided()
        try expectNew(keptAt: stage.finish(at: time))
        #expect(try Folder.names(in: scratch.path).filter { $0.hasPrefix("restore") } == [])
    }

    @Test func `until it is decided nothing has happened`() throws {
        scratch.write("waiaas.db", "old")
        try stage.prepare()
        scratch.write("restore.new/waiaas.db", "new")
        #expect(try !stage.isDecided())
        // The next attempt begins with an empty folder, whatever the last one left.
        try stage.prepare()
        #expect(try Folder.names(in: stage.preparing.path) == [])
        try stage.discard()
        #expect(try Folder.names(in: scratch.path) == ["waiaas.db"])
    }

    /// Every state that a crash between two renames can leave: the first so many of them were made.
    @Test(arguments: 0...9)
    func `a move that was cut short anywhere is finished`(made: Int) throws {
        try decided()
        let moves = [
            ("waiaas.db-wal", "restore.ready/before/waiaas.db-wal"), ("waiaas.db-shm", "restore.ready/before/waiaas.db-shm"),
            ("waiaas.db", "restore.ready/before/waiaas.db"), ("restore.ready/waiaas.db", "waiaas.db"),
            ("config.toml", "restore.ready/before/config.toml"), ("restore.ready/config.toml", "config.toml"),
            ("audit-checkpoints.jsonl", "restore.ready/before/audit-checkpoints.jsonl"),
            ("restore.ready/audit-checkpoints.jsonl", "audit-checkpoints.jsonl"),
            ("restore.ready/before", "before-restore-20270115T080000.000Z"),
        ]
        if made > 0 { try Folder.make(scratch["restore.ready/before"]) }
        for (from, to) in moves.prefix(made) { #expect(rename(scratch[from], scratch[to]) == 0) }
        let kept = try stage.finish(at: time)
        if made == 9 {
            // All was done but the last step; what was kept has its name already.
            #expect(kept == nil)
            try expectNew(keptAt: scratch["before-restore-20270115T080000.000Z"])
        } else {
            try expectNew(keptAt: kept)
        }
    }

    @Test func `into an empty directory there is nothing to keep`() throws {
        try stage.prepare()
        for name in Self.names { scratch.write("restore.new/\(name)", "new \(name)") }
        try stage.decide()
        #expect(try stage.finish(at: time) == nil)
        #expect(try Folder.names(in: scratch.path) == Self.names.sorted())
    }

    @Test func `a directory in the middle of it says so, and is not taken for one that was never made`() throws {
        try stage.prepare()
        try stage.decide()
        #expect(throws: DataDirectoryError.restoreUnfinished(path: scratch.path)) {
            try DataDirectory(path: scratch.path).requireInitialised()
        }
    }

    @Test(arguments: ["restore.ready", "restore.ready/before"])
    func `what somebody else put in its place is neither followed nor emptied`(name: String) throws {
        try Folder.make(scratch["theirs"])
        scratch.write("theirs/precious", "x")
        if name == "restore.ready" {
            scratch.write("waiaas.db", "old")
        } else {
            try decided()
        }
        #expect(symlink(scratch["theirs"], scratch[name]) == 0)
        #expect(throws: DataDirectoryError.unsafe(path: scratch[name], reason: "it is not a directory")) {
            if try stage.isDecided() { _ = try stage.finish(at: time) }
        }
        #expect(scratch.text("theirs/precious") == "x")
        #expect(throws: DataDirectoryError.self) { try Folder.names(in: scratch[name]) }
    }

    @Test func `removing a folder removes a link, not what it leads to`() throws {
        let other = TemporaryDirectory()
        other.write("precious", "x")
        try stage.prepare()
        symlink(other.path, scratch["restore.new/link"])
        try stage.discard()
        #expect(other.text("precious") == "x")
        #expect(try Folder.names(in: scratch.path) == [])
    }
}
