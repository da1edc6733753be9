import WaiaasCore

extension Workers: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        [
            .counter("waiaas_worker_runs_total", "Runs of periodic work.", samples(\.runs)),
            .counter("waiaas_worker_failures_total", "Runs of periodic work that failed; the log says why.", samples(\.failures)),
        ]
    }

    private func samples(_ counter: KeyPath<Worker, Counter>) -> [MetricSample] {
        workers.map { MetricSample($0[keyPath: counter], MetricSample.Label("worker", $0.name)) }
    }
}
