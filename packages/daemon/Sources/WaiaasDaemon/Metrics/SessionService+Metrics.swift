import WaiaasCore

extension SessionService: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        [
            .histogram(
                "waiaas_session_issue_duration_seconds", "Time to issue a session, until it is durable. Refused ones do not count.",
                issuing.snapshot)
        ]
    }
}
