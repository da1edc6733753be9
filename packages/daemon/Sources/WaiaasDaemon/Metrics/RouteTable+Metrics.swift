import WaiaasCore

extension RouteTable: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        [
            .counter(
                "waiaas_http_requests_total", "Requests answered, by the template of their path, their method and the status.",
                traffic.flatMap { traffic in
                    traffic.counts.map { status, counter in
                        MetricSample(
                            counter, MetricSample.Label("route", traffic.route), MetricSample.Label("method", traffic.method),
                            MetricSample.Label("status", status))
                    }
                })
        ]
    }
}
