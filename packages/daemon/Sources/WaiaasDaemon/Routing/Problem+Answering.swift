import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension Problem {
    /// What an error answers: the one place where errors become problems.
    init(answering error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as RenewalRefusal: self.init(refusal)
        case let refusal as RotationRefusal: self.init(refusal)
        case let error as StoreError: self.init(error)
        case let error as LocalInstanceError: self.init(ofReload: error)
        default: self.init(.internalError)
        }
    }

    private init(_ refusal: RotationRefusal) {
        switch refusal {
        case .tooRecent(let wait, let previousEndsAt):
            let expiry = previousEndsAt.map { DetailValue.string($0.iso8601) } ?? .null
            let seconds = wait.secondsRoundedUp
            self.init(
                .rotationTooRecent, details: ["previousExpiry": expiry, "secondsLeft": .integer(seconds)], retryAfterSeconds: seconds)
        case .repeatedKey: self.init(.internalError)
        }
    }

    /// Why the configuration could not be read again.
    private init(ofReload error: LocalInstanceError) {
        var faults: [DetailValue] = []
        if case .configuration(let found) = error {
            faults = found.faults.map(\.detail)
        } else {
            faults = [["message": .string(error.description)]]
        }
        self.init(.configurationInvalid, details: ["faults": .array(faults)])
    }

    private init(_ error: StoreError) {
        switch error {
        case .queueFull: self.init(.writeQueueFull)
        case .closed: self.init(.shuttingDown)
        case .diskFull: self.init(.storageUnavailable, hint: "The disk is full; make room on it.")
        case .writingStopped:
            self.init(
                .storageUnavailable,
                hint: "A write failed, so nothing more is written; check the disk, then restart the daemon. Reading goes on.")
        case .damagedFile, .damaged:
            self.init(.storageUnavailable, hint: "The database is damaged; stop the daemon and put a backup back.")
        case .missing, .unavailable, .foreignWriter, .ruleBroken, .newerSchema: self.init(.storageUnavailable)
        }
    }
}

extension HTTPResponse {
    /// The answer that tells a problem (design 2.4).
    init(_ problem: Problem, requestID: String) {
        self.init(
            status: problem.code.status,
            fields: [HTTPResponse.Field("Content-Type", "application/json")]
                + problem.headers.map { HTTPResponse.Field($0.name, $0.value) },
            body: ProblemAnswer(problem, requestId: requestID).encoded())
    }
}
