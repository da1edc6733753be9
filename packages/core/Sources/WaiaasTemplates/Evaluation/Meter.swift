/// Counts what a rendering costs, and ends it at the limit.
///
/// Steps, not time: the same template with the same arguments is refused on every machine, loaded or not.
struct Meter {
    let limits: TemplateLimits
    private var left: Int

    init(_ limits: TemplateLimits) {
        self.limits = limits
        left = limits.steps
    }

    /// Bytes that are worth one step.
    private static let bytesOfStep = 16

    /// Spends steps before the work is done.
    mutating func spend(_ steps: Int = 1) throws(TemplateFaultReason) {
        guard steps <= left else { throw .tooManySteps(limit: limits.steps) }
        left -= steps
    }

    /// Spends what looking at so many bytes costs.
    mutating func spend(bytes: Int) throws(TemplateFaultReason) { try spend(bytes / Self.bytesOfStep) }

    /// Spends what making a text of so many bytes costs, if there may be such a text at all.
    mutating func make(bytes: Int) throws(TemplateFaultReason) {
        guard bytes <= limits.output else { throw .textTooLong(limit: limits.output) }
        try spend(bytes: bytes)
    }
}
