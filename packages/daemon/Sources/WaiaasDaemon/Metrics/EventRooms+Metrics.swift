import WaiaasAPI
import WaiaasCore

extension EventRooms: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let state = service.state
        let keys = [state.ring.active] + (state.ring.staged.map { [$0] } ?? []) + state.ring.retirees
        let running = state.runningRotation
        return [
            .counter("waiaas_events_signed_total", "Events signed.", [MetricSample(service.tally.signed)]),
            .counter(
                "waiaas_event_verifications_total", "Events verified, by the result.",
                [
                    MetricSample(service.tally.accepted, MetricSample.Label("result", "valid")),
                    MetricSample(service.tally.refused, MetricSample.Label("result", "refused")),
                ]),
            .gauge(
                "waiaas_event_key_age_seconds", "Time since an event key was made; absent while that is not known.",
                keys.compactMap { key in
                    key.createdAt.map {
                        MetricSample(
                            max(0, (now.wall - $0).inSeconds), MetricSample.Label("kid", key.kid.text),
                            MetricSample.Label("state", key.state.rawValue))
                    }
                }),
            .gauge(
                "waiaas_event_rotation_running", "Whether a rotation of the event secret is under way, by its step; absent if none is.",
                running.map { [MetricSample(1, MetricSample.Label("step", $0.step.rawValue))] } ?? []),
            .gauge(
                "waiaas_event_signing", "Whether events are signed: 0 after a restore until the targets were compared.",
                [MetricSample(state.isRestored ? 0 : 1)]),
            .gauge(
                "waiaas_event_rotation_missing", "Consumers and targets that a rotation of the event secret waits for.",
                [MetricSample(Double(running.map { rotator.missing(in: $0).count } ?? 0))]),
            .gauge(
                "waiaas_event_consumers_behind", "Consumers with the role keys that have not loaded every key.",
                [MetricSample(Double(consumerStates().count { $0.isCurrent == false }))]),
            .gauge(
                "waiaas_event_next_rotation_seconds", "Time until the schedule rotates the event secret; absent without one.",
                rotator.nextRotation.map { [MetricSample(max(0, ($0 - now.wall).inSeconds))] } ?? []),
        ]
    }
}
