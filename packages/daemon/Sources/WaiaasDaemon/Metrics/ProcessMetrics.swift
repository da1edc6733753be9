import WaiaasCore
import WaiaasInstance

/// What the process uses of the machine, under the names that every program of this kind gives it.
struct ProcessMetrics: MetricsSource {
    /// When the daemon was started.
    let startedAt: WallTime

    func metrics(at now: Moment) -> [MetricFamily] {
        let start = MetricFamily.gauge(
            "process_start_time_seconds", "Start time of the process since the Unix epoch.", Double(startedAt.milliseconds) / 1_000)
        guard let usage = ProcessUsage.now() else { return [start] }
        return [
            start,
            .counter(
                "process_cpu_seconds_total", "Processor time of user and system.",
                [MetricSample(usage.processorSeconds)]),
            .gauge("process_resident_memory_bytes", "Memory in use that lies in RAM.", Double(usage.residentBytes)),
            .gauge("process_open_fds", "Open file descriptors.", Double(usage.descriptors)),
            .gauge("process_max_fds", "The most file descriptors that may be open.", Double(usage.descriptorLimit)),
        ]
    }
}
