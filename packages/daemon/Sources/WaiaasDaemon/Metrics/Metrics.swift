import WaiaasCore

/// Something that has counted what it did.
protocol MetricsSource: Sendable {
    /// What it has to tell, as families of numbers.
    ///
    /// - Parameter now: for what depends on the time.
    func metrics(at now: Moment) -> [MetricFamily]
}

/// Everything that `GET /metrics` tells: the sources, asked one after the other. The list of them stands in `Opening.swift`.
struct Metrics: Sendable {
    let clocks: Clocks
    let sources: [any MetricsSource]

    /// The families of all sources, in their order.
    func families() -> [MetricFamily] {
        let now = clocks.now
        return sources.flatMap { $0.metrics(at: now) }
    }

    /// The answer's bytes.
    func text() -> [UInt8] { PrometheusText.bytes(of: families()) }
}

/// Which release runs.
struct BuildMetrics: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        [
            .gauge(
                "waiaas_build_info", "The release that runs; always 1.",
                [MetricSample(1, MetricSample.Label("version", ProductVersion.current))])
        ]
    }
}
