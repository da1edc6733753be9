import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

/// What the machine says of itself.
struct MachineTests {
    @Test func `swap is protected when its mapping says so, or when it is memory`() {
        let table = """
            Filename				Type		Size		Used		Priority
            /dev/dm-1                               partition	1000	0	-2
            /dev/dm-2                               partition	1000	0	-3
            /dev/sda2                               partition	1000	0	-4
            /swap\\040file                           file	1000	0	-5
            /dev/zram0                              partition	1000	0	100

            """
        let areas = Machine.swapAreas(in: table) { ["dm-1": "CRYPT-PLAIN-swap", "dm-2": "LVM-x"][$0] }
        #expect(areas.map(\.name) == ["/dev/dm-1", "/dev/dm-2", "/dev/sda2", "/swap\\040file", "/dev/zram0"])
        #expect(areas.map(\.isProtected) == [true, false, false, false, true])
        #expect(Machine.swapAreas(in: "") { _ in nil } == [])
    }

    @Test(arguments: [
        ("Max core file size        0                    unlimited            bytes     \n", OtherProcess.CoreLimit.bytes(0)),
        ("Limit\nMax core file size        unlimited            unlimited            bytes\n", OtherProcess.CoreLimit.none),
        ("Max open files 5 5 files\n", nil), ("Max core file size\n", nil),
    ])
    func `a core limit is the soft one`(text: String, limit: OtherProcess.CoreLimit?) {
        #expect(OtherProcess.coreLimit(in: text) == limit)
    }

    @Test(arguments: [("VmPeak: 5 kB\nVmLck:\t      12 kB\n", UInt64(12)), ("VmLck:\t 0 kB", 0), ("VmRSS: 1 kB", nil)])
    func `locked memory is a number of kilobytes`(text: String, kilobytes: UInt64?) {
        #expect(OtherProcess.lockedKilobytes(in: text) == kilobytes)
    }

    @Test func `this machine answers, and this process is no daemon`() throws {
        #expect(OtherProcess(daemon: getpid()) == nil)
        #expect(OtherProcess(daemon: Int32.max) == nil)
        let root = try #require(try Machine.disk(of: "/"))
        #expect(root.freeBytes > 0)
        #expect(try Machine.disk(of: "/usr/..", notOf: "/") == nil)
        #expect(throws: DataDirectoryError.self) { try Machine.disk(of: "/nonexistent") }
        _ = try Machine.swapAreas()
    }

    @Test func `a lock that keeps others out is free, held or absent`() throws {
        let directory = TemporaryDirectory()
        let path = directory["daemon.lock"]
        #expect(LockTrial.run(path) == .absent)
        let lock = try FlockLocking(path: path).acquire(
            for: InstanceHolder(pid: 1, startedAt: nil, instanceID: nil), patience: .zero)
        #expect(LockTrial.run(path) == .held)
        lock.release()
        #expect(LockTrial.run(path) == .free)
        #expect(LockTrial.run(path) == .free, "it let go")
        unlink(path)
        symlink("/etc/passwd", path)
        guard case .unusable = LockTrial.run(path) else {
            Issue.record("a link was taken for a lock")
            return
        }
    }
}
