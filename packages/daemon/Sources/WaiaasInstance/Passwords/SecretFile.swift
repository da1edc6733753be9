import Glibc
import WaiaasCrypto

/// Reads what a file or a descriptor keeps secret straight into guarded memory.
enum SecretFile {
    /// Why it cannot be had.
    enum Fault: Error, Hashable {
        /// The system does not give it, or it is no file.
        case unreadable(reason: String)
        /// Others than its owner can have it, or somebody else owns it.
        case exposed(reason: String)
        /// There is no memory to keep it in.
        case memoryUnavailable
    }

    /// Reads a file.
    ///
    /// Links are followed, since Kubernetes and systemd hand secrets out through them. A plain file must belong to this user or to root,
    /// and others must have no access to it; a pipe is taken as it is.
    ///
    /// - Parameters:
    ///   - room: the most bytes that are read.
    ///   - allowsPipe: whether it may be a pipe, whose opening waits for its writer; what is read again and again must not.
    static func read(_ path: String, room: Int, allowsPipe: Bool = true) throws(Fault) -> SecretBytes {
        let file: OwnedDescriptor
        do throws(SystemFault) {
            file = try OwnedDescriptor(path: path, O_RDONLY | O_NOCTTY | (allowsPipe ? 0 : O_NONBLOCK))
        } catch {
            throw .unreadable(reason: error.reason)
        }
        let status: FileStatus
        do throws(SystemFault) {
            status = try file.status()
        } catch {
            throw .unreadable(reason: error.reason)
        }
        switch status.kind {
        case .pipe: guard allowsPipe else { throw .unreadable(reason: "it is not a plain file") }
        case .file:
            if let reason = exposure(owner: status.owner, permissions: status.permissions, user: geteuid()) {
                throw .exposed(reason: reason)
            }
        case .directory, .link, .other: throw .unreadable(reason: "it is no file")
        }
        return try read(descriptor: file.number, room: room)
    }

    /// Reads what a descriptor gives until its end.
    ///
    /// - Parameter piece: how many bytes to ask for at once; of single ones a newline is the last.
    static func read(descriptor: Int32, room: Int, piece: Int = .max) throws(Fault) -> SecretBytes {
        var fault: SystemFault?
        var count = 0
        let secret: SecretBytes
        do throws(CryptoError) {
            let buffer = try SecretBytes(count: room) { (target) throws(CryptoError) in
                do throws(SystemFault) {
                    count = try fill(&target, from: descriptor, piece: piece)
                } catch {
                    fault = error
                }
            }
            secret = try buffer.withBytes { (span) throws(CryptoError) in try SecretBytes(copying: span.extracting(0..<count)) }
        } catch {
            throw .memoryUnavailable
        }
        if let fault { throw .unreadable(reason: fault.reason) }
        return secret
    }

    /// Why a file does not keep a secret; nil if it does.
    ///
    /// A group that may read it is allowed: that is how an orchestrator gives root's file to a service's user.
    static func exposure(owner: UInt32, permissions: UInt32, user: UInt32) -> String? {
        if owner != user, owner != 0 { return "it belongs to user \(owner)" }
        if permissions & 0o037 != 0 { return "others have access (mode \(String(permissions, radix: 8))); run chmod 400 on it" }
        return nil
    }

    private static func fill(_ target: inout MutableRawSpan, from descriptor: Int32, piece: Int) throws(SystemFault) -> Int {
        var count = 0
        while count < target.byteCount {
            let offset = count
            let more = try retrying {
                target.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + offset }, min(piece, $0.count - offset)) }
            }
            if more == 0 { break }
            count += more
            if piece == 1, target.withUnsafeBytes({ $0[count - 1] }) == UInt8(ascii: "\n") { break }
        }
        return count
    }
}
