public import WaiaasCore

/// `GET /metrics`: what the daemon has counted, for Prometheus.
public enum GetMetrics: Operation {
    /// The text, passed on as it is.
    public struct Output: Payload {
        /// The text's bytes.
        public let bytes: [UInt8]

        /// A text from its bytes.
        public init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// The exposition format 0.0.4.
        public static let content = Content.document(mediaType: PrometheusText.mediaType)
        /// One family.
        public static let example = Output(
            PrometheusText.bytes(of: [
                .gauge("waiaas_build_info", "The release that runs.", [MetricSample(1, MetricSample.Label("version", "0.1.0"))])
            ]))

        /// Takes the bytes as they are.
        public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

        /// The bytes as they are.
        public func encoded() -> [UInt8] { bytes }
    }

    /// The contract.
    public static let endpoint = describe(
        .get, "/metrics", area: .admin, authentication: .metricsReader, summary: "Read the metrics",
        text: "The Prometheus text format 0.0.4, whatever Accept says. The counters begin at zero with each start of the daemon. "
            + "docs/operations.md explains every one.")
}
