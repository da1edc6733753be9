public import WaiaasCore
import WaiaasInstance

extension LocalDataDirectory {
    /// Looks at a data directory, its daemon and the machine.
    ///
    /// The permissions come first: where others may have put something in our files' places, nothing in the directory is opened.
    public func diagnose(
        _ request: DoctorRequest, progress: @escaping @Sendable (String) -> Void
    ) async throws(LocalInstanceError) -> DoctorReport {
        try await attempt {
            let directory = try directory(of: request.selection)
            guard try directory.isThere() else { throw DataDirectoryError.notInitialised(path: directory.path) }
            let inventory = try directory.inventory()
            // Of somebody else's directory nobody can say what is in it.
            if inventory.entries.first?.owner == inventory.user { try directory.requireInitialised() }
            let isSafe = inventory.areSound
            let instance = await look(at: directory, isSafe: isSafe)
            let store = try await examineStore(directory, request, instance, progress)
            let machine = examineMachine(request, instance)
            let examined: [GatheredFacts] =
                [examineConfiguration(directory, request.selection, isSafe: isSafe), .known(inventory)]
                + [examineFileSystem(directory, request.selection), instance.lock, instance.daemon(request.testimony)]
                + [examineClock(newest: store.newestRecord)] + machine
                + [examineDisk(directory), store.database, store.audit, store.secrets]
                + examineSharing(directory, request.selection, isSafe: isSafe)
            return DoctorReport(dataDirectory: directory.path, facts: examined)
        }
    }
}

extension GatheredFacts {
    /// Gathers facts, or says why there are none.
    static func gathering(_ subject: DoctorSubject, _ gather: () throws -> any DoctorFacts) -> GatheredFacts {
        do {
            return .known(try gather())
        } catch {
            return .unknown(subject, reason: LocalInstanceError(causedBy: error).description)
        }
    }

    /// Why a subject in the data directory is left alone.
    static let unsafe = "the permissions must be put right first"
}
