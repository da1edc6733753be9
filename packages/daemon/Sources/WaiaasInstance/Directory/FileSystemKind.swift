import CProcess
import Glibc

/// What kind of file system a path lies on, as far as locks and SQLite care.
enum FileSystemKind: Hashable {
    /// On this machine: `flock` holds.
    case local
    /// Behind a network or a program, where `flock` may be emulated, local to one client, or nothing.
    case remote(name: String)

    /// Types from `linux/magic.h` and the file systems' own headers.
    private static let remoteTypes: [UInt: String] = [
        0x6969: "nfs", 0x517b: "smb", 0xfe53_4d42: "smb2", 0xff53_4d42: "cifs", 0x0102_1997: "9p", 0x00c3_6400: "ceph",
        0x5346_414f: "afs", 0x6b41_4653: "kafs", 0x7375_7245: "coda", 0x564c: "ncp", 0x0116_1970: "gfs2", 0x7461_636f: "ocfs2",
        0x0bd0_0bd0: "lustre", 0x1983_0326: "beegfs", 0x4750_4653: "gpfs", 0x786f_4256: "vboxsf", 0xbacb_acbc: "vmhgfs",
    ]
    private static let fuse: UInt = 0x6573_5546
    /// FUSE file systems that keep their data on this machine.
    private static let localFuse = ["fuseblk", "fuse.fuse-overlayfs", "fuse.mergerfs", "fuse.zfs"]

    /// Decides by the number of `statfs` and, since FUSE hides what is behind it, by the name in the mount table.
    init(type: UInt, mountName: String?) {
        if let name = Self.remoteTypes[type] {
            self = .remote(name: name)
        } else if type == Self.fuse {
            let name = mountName ?? "fuse"
            self = Self.localFuse.contains(name) ? .local : .remote(name: name)
        } else {
            self = .local
        }
    }

    /// The kind of the file system that holds an existing path.
    static func of(path: String) throws(SystemFault) -> FileSystemKind {
        let type = UInt(waiaas_file_system_type(path))
        guard type != 0 else { throw SystemFault.last }
        guard type == fuse else { return FileSystemKind(type: type, mountName: nil) }
        var status = stat()
        try retrying { stat(path, &status) }
        let device = UInt64(status.st_dev)
        let table = (try? BoundedFile.read("/proc/self/mountinfo", limit: 1 << 20)) ?? []
        let name = mountName(major: major(of: device), minor: minor(of: device), in: String(decoding: table, as: UTF8.self))
        return FileSystemKind(type: type, mountName: name)
    }

    /// The name of the file system of a device in a mount table (proc(5): fields up to ` - `, then the name).
    static func mountName(major: UInt64, minor: UInt64, in table: String) -> String? {
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
            else { continue }
            return String(fields[dash + 1])
        }
        return nil
    }

    /// makedev(3): a device number's parts are interleaved.
    private static func major(of device: UInt64) -> UInt64 { (device >> 8) & 0xfff | (device >> 32) & 0xffff_f000 }
    private static func minor(of device: UInt64) -> UInt64 { device & 0xff | (device >> 12) & 0xffff_ff00 }
}
