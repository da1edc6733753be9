import WaiaasCore

/// The end of the audit chain, kept by the writer so that a record costs no query.
///
/// The writer puts it back when it rolls back; nil means that it is not known yet.
final class ChainEnd {
    var head: AuditHead?
}
