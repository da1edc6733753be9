import WaiaasCore
import WaiaasEvents

/// What a step of a rotation asks of the targets.
enum EventTargetOperation: String, Sendable {
    case stage
    case promote
    case retire
    case rollBack = "roll-back"

    /// What a rotation asks of them now; nil while it asks nothing.
    init?(for job: EventRotation, hasRetiringKey: Bool) {
        if job.step.isOver { return nil }
        if job.withdrawal != nil {
            self = .rollBack
            return
        }
        switch job.step {
        // Once more before the promotion: a target that cannot be reached then would miss it. It writes nothing if all is well.
        case .planned, .staged, .stageAcknowledged: self = .stage
        case .promoted: self = .promote
        case .promoteAcknowledged:
            guard !hasRetiringKey else { return nil }
            self = .retire
        case .retired, .rolledBack, .failed: return nil
        }
    }

    /// Does it at one target.
    ///
    /// - Returns: why it failed; nil if it is done.
    func run(on target: any EventTarget, _ document: EventDocument, of job: EventRotation, at moment: Moment) async -> EventTargetError? {
        do {
            switch self {
            case .stage: try await target.stage(document, of: job, at: moment)
            case .promote: try await target.promote(document, of: job, at: moment)
            case .retire: try await target.retire(document, of: job, at: moment)
            case .rollBack: try await target.rollBack(document, of: job, at: moment)
            }
            return nil
        } catch let error as EventTargetError {
            return error
        } catch {
            return .unreachable("\(type(of: error))")
        }
    }
}
