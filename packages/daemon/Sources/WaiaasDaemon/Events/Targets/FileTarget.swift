import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance

/// A file on this machine: readers see the document before or the one after, never half of one.
struct FileTarget: EventTarget {
    let name: String
    let path: String
    let settle: Duration
    /// Whether the file's group may read it.
    let isGroupReadable: Bool
    /// Files are read and written where they keep nobody waiting.
    let queue: WorkQueue

    var kind: EventTargetKind { .file }
    var place: String { path }

    func read(at moment: Moment) async throws -> HeldEventKeys? {
        let path = path
        return try await onDisk {
            guard var bytes = try ComparedFile.read(path, limit: EventDocument.limit) else { return nil }
            defer { bytes.wipe() }
            return try HeldEventKeys(reading: bytes, version: SHA256.digest(bytes).description, at: moment)
        }
    }

    func write(_ document: EventDocument, over held: HeldEventKeys?) async throws {
        let (path, mode, version) = (path, isGroupReadable ? UInt32(0o640) : 0o600, held?.version)
        try await onDisk {
            var bytes = document.encoded()
            defer { bytes.wipe() }
            let isWritten = try ComparedFile.replace(path, with: bytes.span.bytes, mode: mode, limit: EventDocument.limit) { present in
                present.map { SHA256.digest($0).description } == version
            }
            guard isWritten else { throw EventTargetError.conflict }
        }
    }

    private func onDisk<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        do {
            return try await queue.run(work)
        } catch let error as DataDirectoryError {
            switch error {
            case .unsafe, .tooLarge: throw EventTargetError.damaged(error.description)
            default: throw EventTargetError.unreachable(error.description)
            }
        } catch is WorkQueue.Full {
            throw EventTargetError.unreachable("too much waits to be written")
        }
    }
}
