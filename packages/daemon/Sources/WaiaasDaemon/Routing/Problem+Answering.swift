import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension Problem {
    /// What an error answers: the one place where errors become problems.
    init(answering error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refused as RefusedReply: self = refused.problem
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
        case .alreadyStaged(let kid, let wait):
            self.init(
                .keyAlreadyStaged, details: ["kid": .string(kid.text), "secondsLeft": .integer(wait.secondsRoundedUp)])
        case .notStaged: self.init(.keyNotFound, message: "No next key is waiting.")
        case .stillStaged(let wait):
            self.init(.keyAlreadyStaged, details: ["secondsLeft": .integer(wait.secondsRoundedUp)])
        case .signs(let kid): self.init(.keySigns, details: ["kid": .string(kid.text)])
        case .unknownKey(let kid): self.init(.keyNotFound, details: ["kid": .string(kid.text)])
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
        case .sharedStateUnreachable:
            self.init(
                .storageUnavailable,
                message: "The state that the daemons share cannot be reached; whether the change was made is not known.",
                hint: "Look before you send it again. Verification and reading go on.",
                retryAfterSeconds: 1)
        case .overtaken:
            self.init(.storageUnavailable, hint: "Other daemons changed the same thing meanwhile; try again.", retryAfterSeconds: 1)
        case .missing, .unavailable, .shared, .foreignWriter, .ruleBroken, .newerSchema: self.init(.storageUnavailable)
        }
    }
}

extension HTTPResponse {
    /// The answer that tells a problem (design 2.4).
    ///
    /// - Parameter form: that of the endpoint; ours where no endpoint was found.
    init(_ problem: Problem, requestID: String, form: RefusalForm = .problem) {
        let body =
            switch form {
            case .problem: ProblemAnswer(problem, requestId: requestID).encoded()
            case .oauth: OAuthRefusal(problem).encoded()
            case .withError: PublicRefusal(problem, requestId: requestID).encoded()
            }
        self.init(
            status: problem.code.status,
            fields: [HTTPResponse.Field("Content-Type", "application/json")]
                + problem.headers.map { HTTPResponse.Field($0.name, $0.value) },
            body: body)
    }
}
