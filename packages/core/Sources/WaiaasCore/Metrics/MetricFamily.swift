/// Everything that is measured under one name.
public struct MetricFamily: Equatable, Sendable {
    /// How a family's numbers behave.
    public enum Kind: String, Sendable {
        /// Only grows, and begins at zero with the process.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts by size.
        case histogram
    }

    /// The name; a counter's ends with `_total`, and the unit comes last but for that.
    public let name: String
    /// How its numbers behave.
    public let kind: Kind
    /// What it tells, in a sentence.
    public let help: String
    /// The numbers, each with other labels.
    public let samples: [MetricSample]

    private init(_ kind: Kind, _ name: String, _ help: String, _ samples: [MetricSample]) {
        self.kind = kind
        self.name = name
        self.help = help
        self.samples = samples
    }

    /// Numbers that only grow.
    public static func counter(_ name: String, _ help: String, _ samples: [MetricSample]) -> MetricFamily {
        MetricFamily(.counter, name, help, samples)
    }

    /// One number that only grows.
    public static func counter(_ name: String, _ help: String, _ counter: Counter) -> MetricFamily {
        MetricFamily(.counter, name, help, [MetricSample(counter)])
    }

    /// Numbers that go up and down.
    public static func gauge(_ name: String, _ help: String, _ samples: [MetricSample]) -> MetricFamily {
        MetricFamily(.gauge, name, help, samples)
    }

    /// One number that goes up and down.
    public static func gauge(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        MetricFamily(.gauge, name, help, [MetricSample(value)])
    }

    /// A count by size.
    public static func histogram(_ name: String, _ help: String, _ snapshot: HistogramSnapshot) -> MetricFamily {
        MetricFamily(.histogram, name, help, [MetricSample(labels: [], value: .histogram(snapshot))])
    }
}
