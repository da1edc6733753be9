/// One measured value with its labels.
public struct MetricSample: Equatable, Sendable {
    /// A name and a value that tell a sample from the others of its family.
    public struct Label: Equatable, Sendable {
        /// The name: letters, digits and `_`.
        public let name: String
        /// The value: any text; it is escaped when it is written.
        public let value: String

        /// A label.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What was measured.
    public enum Value: Equatable, Sendable {
        /// A count.
        case count(UInt64)
        /// A number in the unit of the family's name.
        case number(Double)
        /// Counts by size.
        case histogram(HistogramSnapshot)
    }

    /// What tells it from the others.
    public let labels: [Label]
    /// The value.
    public let value: Value

    /// A sample from its parts.
    public init(labels: [Label], value: Value) {
        self.labels = labels
        self.value = value
    }

    /// A count.
    public init(_ counter: Counter, _ labels: Label...) {
        self.init(labels: labels, value: .count(counter.value))
    }

    /// A number.
    public init(_ value: Double, _ labels: Label...) {
        self.init(labels: labels, value: .number(value))
    }
}
