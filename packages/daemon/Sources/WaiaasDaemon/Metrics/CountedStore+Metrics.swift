import WaiaasCore

extension CountedStore: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let activity = activity()
        var families: [MetricFamily] = [
            .counter(
                "waiaas_verification_store_calls_total",
                "Calls of the store that a verification made. Verifications read memory alone, so this stays at 0.", askedByVerification),
            .counter("waiaas_store_reads_total", "Queries sent to the store.", reads),
            .counter("waiaas_store_changes_total", "Changes sent to the store.", changes),
            .histogram(
                "waiaas_store_commit_duration_seconds", "Time of one commit, from the begin of its transaction to the end of its sync.",
                activity.commits),
            .counter(
                "waiaas_store_failed_commits_total", "Transactions that could not be committed.",
                [MetricSample(labels: [], value: .count(activity.failedCommits))]),
            .gauge("waiaas_store_changes_waiting", "Changes that wait for the writer.", Double(activity.changesWaiting)),
            .gauge("waiaas_store_reads_waiting", "Queries that wait for a reader.", Double(activity.queriesWaiting)),
            .gauge("waiaas_store_fault", "Whether the store has stopped writing until the next start: 1 or 0.", fault == nil ? 0 : 1),
        ]
        // A size that cannot be asked is left out; the fault above tells what it means.
        if let footprint = try? footprint() {
            families.append(.gauge("waiaas_store_database_bytes", "Size of the database file.", Double(footprint.bytes)))
            families.append(.gauge("waiaas_store_wal_bytes", "Size of the write-ahead log.", Double(footprint.logBytes)))
        }
        return families
    }
}
