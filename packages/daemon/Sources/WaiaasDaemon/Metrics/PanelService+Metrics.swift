import WaiaasCore

extension PanelService: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let counts = table.counts
        return [
            .gauge(
                "waiaas_user_sessions", "Sessions with a picture that live, by kind.",
                [
                    MetricSample(Double(counts.ofUsers), MetricSample.Label("kind", "user")),
                    MetricSample(Double(counts.public), MetricSample.Label("kind", "public")),
                ]),
            .counter("waiaas_user_sessions_created_total", "Sessions with a picture that were made.", tally.created.samples),
            .counter("waiaas_user_sessions_expired_total", "Sessions with a picture whose time was over.", tally.expired.samples),
            .counter("waiaas_user_session_updates_total", "Changes of a session's template or arguments.", tally.updated.samples),
            .histogram(
                "waiaas_user_session_render_duration_seconds",
                "Time to draw a picture: reading its template, if that is new, and filling it.",
                tally.drawings.snapshot),
            .counter(
                "waiaas_user_session_render_refused_total", "Drawings that a fault of template or arguments ended.", tally.refused),
        ]
    }
}

extension PanelTally.Pair {
    fileprivate var samples: [MetricSample] {
        [MetricSample(ofUsers, MetricSample.Label("kind", "user")), MetricSample(self.public, MetricSample.Label("kind", "public"))]
    }
}
