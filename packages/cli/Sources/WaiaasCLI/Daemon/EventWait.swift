import WaiaasAPI
import WaiaasCore

/// Waits until a rotation of the event secret is over, and says each step, each target and each consumer as it follows.
struct EventWait {
    /// Between two looks.
    private static let glance = Duration.milliseconds(500)

    let rotation: EventRotation.ID
    let daemon: CalledDaemon
    let invocation: Invocation

    /// Asks twice a second.
    ///
    /// - Throws: if it took itself back, or stands still.
    func untilItIsOver() async throws(CommandFailure) -> ExitCode {
        var told: Set<String> = []
        while true {
            let status = try await daemon.call(GetEventStatus.self)
            guard let report = status.rotation, report.rotationId == rotation else {
                throw CommandFailure(
                    "ROTATION_SUPERSEDED", "another rotation took the place of \(rotation)", hint: "waiaas event status shows it")
            }
            // For a person line by line; a program gets one object at the end.
            if !invocation.isJSON {
                for line in EventText.progress(report, of: status) where told.insert(line).inserted { try invocation.print(line) }
            }
            if report.step == .retired {
                if invocation.isJSON { try invocation.report(Report(report, lines: [])) }
                return .success
            }
            try refuseFailure(report)
            await invocation.tool.pause(Self.glance)
        }
    }

    private func refuseFailure(_ report: EventRotationReport) throws(CommandFailure) {
        if report.step.isOver {
            throw CommandFailure(
                "ROTATION_TAKEN_BACK", "the rotation took itself back: \(report.failure ?? "it was aborted")",
                hint: "\(report.previousKid) goes on signing; waiaas event target check tries each target")
        }
        if report.halted {
            throw CommandFailure(
                "ROTATION_STANDS_STILL",
                "the rotation stands still at \(report.step.rawValue): \(report.missing.joined(separator: ", ")) missing",
                hint: "mend them and run waiaas event resume, or go on without them (--without NAME), or waiaas event abort",
                exitCode: .timeout)
        }
    }
}
