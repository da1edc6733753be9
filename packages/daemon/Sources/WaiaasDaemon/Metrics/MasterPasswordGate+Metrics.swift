import WaiaasCore

extension MasterPasswordGate: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let waiting = waiting
        return [
            .counter(
                "waiaas_master_password_checks_total", "Master passwords offered, by the door they came through and the result.",
                [("network", networkChecks), ("socket", socketChecks)].flatMap { door, checks in
                    checks.results.map { result, counter in
                        MetricSample(counter, MetricSample.Label("door", door), MetricSample.Label("result", result))
                    }
                }),
            .gauge(
                "waiaas_master_password_waiting", "Master passwords that are being tried or wait for it, by door.",
                [
                    MetricSample(Double(waiting.network), MetricSample.Label("door", "network")),
                    MetricSample(Double(waiting.socket), MetricSample.Label("door", "socket")),
                ]),
            .counter("waiaas_lockouts_total", "Addresses that were locked out after wrong master passwords.", lockouts.lockouts),
            .gauge("waiaas_addresses_locked_out", "Addresses that are locked out now.", Double(lockouts.lockedOut(at: now.wall))),
        ]
    }
}
