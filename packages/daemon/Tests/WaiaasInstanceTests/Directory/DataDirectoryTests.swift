import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct DataDirectoryTests {
    private let temporary = TemporaryDirectory()
    private var directory: DataDirectory { DataDirectory(path: temporary["data"]) }

    private func reason(_ name: String = "") -> String? {
        do {
            try directory.check()
            return nil
        } catch {
            guard case .unsafe(let path, let reason) = error else { return error.description }
            #expect(path == (name.isEmpty ? directory.path : temporary["data/\(name)"]))
            return reason
        }
    }

    @Test(
        arguments: [
            ("/a", ["WAIAAS_DATA_DIR": "/b", "HOME": "/h"], "/a"), (nil, ["WAIAAS_DATA_DIR": "/b", "HOME": "/h"], "/b"),
            (nil, ["HOME": "/h"], "/h/.waiaas"), (nil, ["WAIAAS_DATA_DIR": "", "HOME": "/h"], "/h/.waiaas"),
            ("x/y/", ["HOME": "/h"], "/w/x/y"),
            (nil, ["WAIAAS_DATA_DIR": "rel"], "/w/rel"), ("/", [:], "/"), ("/a//", [:], "/a"), ("", ["HOME": "/h"], "/h/.waiaas"),
        ] as [(String?, [String: String], String)])
    func `the flag beats the variable, which beats the home directory`(flag: String?, variables: [String: String], path: String) throws {
        let found = try DataDirectory.resolve(flag: flag, environment: EnvironmentVariables(variables), workingDirectory: "/w")
        #expect(found.path == path)
    }

    @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"]] as [[String: String]])
    func `without a home there is no default`(variables: [String: String]) {
        #expect(throws: DataDirectoryError.noHome) {
            try DataDirectory.resolve(flag: nil, environment: EnvironmentVariables(variables), workingDirectory: "/w")
        }
    }

    @Test func `what is made is for this user alone, and making it again changes nothing (SEC-05)`() throws {
        try directory.create()
        #expect(temporary.mode("data") == 0o700 && temporary.mode("data/logs") == 0o700 && temporary.mode("data/backups") == 0o700)
        try directory.create()
        #expect(try !directory.isInitialised())
        #expect(throws: DataDirectoryError.notInitialised(path: directory.path)) { try directory.requireInitialised() }
        try directory.requireNotInitialised()
        temporary.write("data/config.toml", "")
        #expect(throws: DataDirectoryError.alreadyInitialised(path: directory.path)) { try directory.requireNotInitialised() }
        #expect(try !directory.isInitialised())
        temporary.write("data/waiaas.db", "")
        try directory.requireInitialised()
        #expect(reason() == nil)
    }

    @Test func `a directory that is not there is not initialised`() {
        #expect(throws: DataDirectoryError.notInitialised(path: directory.path)) { try directory.check() }
    }

    @Test(arguments: [0o750, 0o701, 0o722, 0o777] as [mode_t])
    func `a directory that others can enter is refused (SEC-05)`(mode: mode_t) throws {
        try directory.create()
        chmod(directory.path, mode)
        #expect(reason()?.hasPrefix("others have access (mode \(String(mode, radix: 8)))") == true)
    }

    @Test(arguments: [
        "config.toml", "waiaas.db", "waiaas.db-wal", "daemon.lock", "daemon.pid", "audit-checkpoints.jsonl", "logs/daemon.log",
    ])
    func `a file that is a link, has a second name, or is open to others is refused (SEC-05)`(name: String) throws {
        try directory.create()
        let path = temporary["data/\(name)"]
        symlink("/etc/passwd", path)
        #expect(reason(name) == "it is a symbolic link")
        unlink(path)
        mkfifo(path, 0o600)
        #expect(reason(name) == "it is not a plain file")
        unlink(path)
        temporary.write("data/\(name)", "", mode: 0o640)
        #expect(reason(name)?.hasPrefix("others have access (mode 640)") == true)
        chmod(path, 0o600)
        #expect(reason() == nil)
        link(path, temporary["elsewhere"])
        #expect(reason(name) == "it has a second name (hard link)")
    }

    @Test func `a directory within that is a link is refused`() throws {
        try directory.create()
        rmdir(directory.backups)
        symlink("/tmp", directory.backups)
        #expect(reason("backups") == "it is not a directory")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `what belongs to somebody else is refused (SEC-05)`() throws {
        try directory.create()
        temporary.write("data/daemon.lock", "")
        chown(directory.lockFile, 12_345, 12_345)
        #expect(throws: DataDirectoryError.foreign(path: directory.lockFile, owner: 12_345, user: 0)) { try directory.check() }
    }

    @Test func `a file system of this machine is accepted`() throws {
        try directory.create()
        try directory.checkFileSystem(allowingNetwork: false)
    }

    @Test(
        arguments: [
            (0xef53, nil, nil), (0x5846_5342, nil, nil), (0x0102_1994, nil, nil), (0x794c_7630, nil, nil), (0x6969, nil, "nfs"),
            (0xff53_4d42, nil, "cifs"), (0xfe53_4d42, nil, "smb2"), (0x0102_1997, nil, "9p"), (0x00c3_6400, nil, "ceph"),
            (0x6573_5546, "fuse.sshfs", "fuse.sshfs"), (0x6573_5546, "virtiofs", "virtiofs"), (0x6573_5546, nil, "fuse"),
            (0x6573_5546, "fuseblk", nil), (0x6573_5546, "fuse.fuse-overlayfs", nil),
        ] as [(UInt, String?, String?)])
    func `a file system behind a network or a program is told apart (OPS-02)`(type: UInt, mount: String?, remote: String?) {
        #expect(FileSystemKind(type: type, mountName: mount) == (remote.map { .remote(name: $0) } ?? .local))
    }

    @Test func `the mount table gives the name behind a device number`() {
        let table = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            40 22 0:44 / /mnt rw,nosuid shared:9 master:2 - fuse.sshfs me@host:/ rw
            41 22 0:45 / /odd rw
            """
        #expect(FileSystemKind.mountName(major: 0, minor: 44, in: table) == "fuse.sshfs")
        #expect(FileSystemKind.mountName(major: 8, minor: 1, in: table) == "ext4")
        #expect(FileSystemKind.mountName(major: 0, minor: 45, in: table) == nil)
        #expect(FileSystemKind.mountName(major: 9, minor: 9, in: table) == nil)
    }
}
