import Synchronization
import WaiaasCore

/// What other daemons do to the chain that is one for all.
extension CheckpointSigner {
    /// Other daemons have appended records, and may have signed them.
    func noteElsewhere(head: Int64, signedThrough: Int64) {
        state.withLock { state in
            state.head = max(state.head, head)
            state.signedThrough = max(state.signedThrough, signedThrough)
        }
    }

    /// Takes note of lines that the file is to have before anything that is signed later.
    func queue(_ lines: [AuditLine]) { state.withLock { $0.unwritten += lines } }

    /// Writes what was taken note of, after the signature that may be under way.
    func writeQueued() async {
        await waitForTurn()
        defer { end() }
        do {
            try await completeFile()
        } catch {
            // The tick tries again, and says what stands in the way.
        }
    }

    /// Records that were signed here were taken back, for others went on without them: the file is begun anew.
    ///
    /// - Parameter lines: all keys and checkpoints that there are now.
    func beginAgain(with lines: [AuditLine], head: Int64, signedThrough: Int64) {
        state.withLock { state in
            (state.head, state.signedThrough) = (head, signedThrough)
            (state.unwritten, state.isFileOutdated) = (lines, true)
        }
    }
}
