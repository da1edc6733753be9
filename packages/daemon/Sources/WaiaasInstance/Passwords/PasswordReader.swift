import Glibc
import WaiaasCore
import WaiaasCrypto

/// Reads a password from a file or a descriptor straight into guarded memory.
enum PasswordReader {
    /// The longest password, a carriage return and a newline, and one byte to see that there is more.
    private static let room = PasswordRule.longest + 3

    /// Reads a file.
    ///
    /// Links are followed, since Kubernetes and systemd hand secrets out through them. A plain file must belong to this user or to root,
    /// and others must have no access to it; a pipe is taken as it is.
    static func read(path: String, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        let file: OwnedDescriptor
        do throws(SystemFault) {
            file = try OwnedDescriptor(path: path, O_RDONLY | O_NOCTTY)
        } catch {
            throw .unreadable(origin, reason: error.reason)
        }
        let status: FileStatus
        do throws(SystemFault) {
            status = try file.status()
        } catch {
            throw .unreadable(origin, reason: error.reason)
        }
        switch status.kind {
        case .pipe: break
        case .file:
            if let reason = exposure(owner: status.owner, permissions: status.permissions, user: geteuid()) {
                throw .exposed(path: path, reason: reason)
            }
        case .directory, .link, .other: throw .unreadable(origin, reason: "it is no file")
        }
        return try read(descriptor: file.number, as: origin)
    }

    /// Reads what a descriptor gives until its end.
    static func read(descriptor: Int32, as origin: PasswordOrigin) throws(PasswordFault) -> ReadPassword {
        var fault: SystemFault?
        var count = 0
        let raw: SecretBytes
        do throws(CryptoError) {
            let buffer = try SecretBytes(count: room) { (target) throws(CryptoError) in
                do throws(SystemFault) {
                    count = try fill(&target, from: descriptor)
                } catch {
                    fault = error
                }
            }
            raw = try buffer.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<count)) }
        } catch {
            throw .memoryUnavailable
        }
        if let fault { throw .unreadable(origin, reason: fault.reason) }
        return try ReadPassword(raw, from: origin)
    }

    /// Why a file does not keep a secret; nil if it does.
    ///
    /// A group that may read it is allowed: that is how an orchestrator gives root's file to a service's user.
    static func exposure(owner: UInt32, permissions: UInt32, user: UInt32) -> String? {
        if owner != user, owner != 0 { return "it belongs to user \(owner)" }
        if permissions & 0o037 != 0 { return "others have access (mode \(String(permissions, radix: 8))); run chmod 400 on it" }
        return nil
    }

    private static func fill(_ target: inout MutableRawSpan, from descriptor: Int32) throws(SystemFault) -> Int {
        var count = 0
        while count < target.byteCount {
            let offset = count
            let more = try retrying {
                target.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + offset }, $0.count - offset) }
            }
            if more == 0 { break }
            count += more
        }
        return count
    }
}
