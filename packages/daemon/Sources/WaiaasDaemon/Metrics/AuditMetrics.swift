import WaiaasCore

/// How far the audit log goes, and how far it is signed.
struct AuditMetrics: MetricsSource {
    let signer: CheckpointSigner

    func metrics(at now: Moment) -> [MetricFamily] {
        [
            .gauge("waiaas_audit_records_unsigned", "Audit records that no checkpoint covers yet.", Double(signer.notYetSigned)),
            .gauge(
                "waiaas_audit_unsigned_seconds", "Time since the last checkpoint; 0 while every audit record is signed.",
                signer.unsignedSpan(at: now.continuous).inSeconds),
            .gauge("waiaas_audit_last_record", "Number of the last audit record. It never goes down.", Double(signer.lastRecord)),
        ]
    }
}
