import WaiaasCore
import WaiaasHTTP

extension StreamHub: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let counts = tally.counts
        let size = size
        func sample(_ count: UInt64, _ labels: MetricSample.Label...) -> MetricSample { MetricSample(labels: labels, value: .count(count)) }
        return [
            .gauge("waiaas_streams_open", "Streams of pictures that are open.", Double(counts.open)),
            .gauge("waiaas_streams_watched_sessions", "Sessions whose picture somebody watches.", Double(size.panels)),
            .counter("waiaas_streams_opened_total", "Streams begun.", [sample(counts.opened)]),
            .counter(
                "waiaas_streams_closed_total", "Streams ended: with their session, by their client, or cut off because it took nothing.",
                [
                    sample(counts.ended, MetricSample.Label("reason", "ended")), sample(counts.left, MetricSample.Label("reason", "left")),
                    sample(counts.dropped, MetricSample.Label("reason", "dropped")),
                ]),
            .counter("waiaas_streams_refused_total", "Viewers for whom there was no place.", refused),
            .counter("waiaas_stream_frames_sent_total", "Frames sent to viewers.", [sample(counts.framesSent)]),
            .counter(
                "waiaas_stream_frames_skipped_total", "Frames that a viewer was spared because a newer one was there.",
                [sample(counts.framesSkipped)]),
        ]
    }
}
