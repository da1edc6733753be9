/// The text form of metrics that Prometheus reads: the exposition format 0.0.4.
///
/// A name is code of ours and written as it is; what may hold anything, a help or a label's value, is escaped as the format says.
public enum PrometheusText {
    /// What to send as `Content-Type`.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// Families as text, in their order. One without samples is left out.
    public static func bytes(of families: [MetricFamily]) -> [UInt8] {
        var text = ""
        for family in families where !family.samples.isEmpty {
            text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples { append(sample, of: family.name, to: &text) }
        }
        return Array(text.utf8)
    }

    private static func append(_ sample: MetricSample, of name: String, to text: inout String) {
        switch sample.value {
        case .count(let count): text += line(name, sample.labels, String(count))
        case .number(let number): text += line(name, sample.labels, word(number))
        case .histogram(let histogram):
            for (bound, count) in histogram.cumulative {
                text += line(name + "_bucket", sample.labels + [MetricSample.Label("le", word(bound))], String(count))
            }
            text += line(name + "_sum", sample.labels, word(histogram.sum))
            text += line(name + "_count", sample.labels, String(histogram.count))
        }
    }

    private static func line(_ name: String, _ labels: [MetricSample.Label], _ value: String) -> String {
        guard !labels.isEmpty else { return "\(name) \(value)\n" }
        let written = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
        return "\(name){\(written)} \(value)\n"
    }

    /// A number as Go's `ParseFloat` reads it; a whole one without its `.0`.
    private static func word(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: number) { return String(whole) }
        return String(number)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
