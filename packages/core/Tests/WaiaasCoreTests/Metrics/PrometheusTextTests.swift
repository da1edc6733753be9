import Testing
import WaiaasCore

@Suite struct PrometheusTextTests {
    private func text(_ families: MetricFamily...) -> String { String(decoding: PrometheusText.bytes(of: families), as: UTF8.self) }

    private func gauge(_ value: Double) -> String { text(.gauge("a", "b", value)) }

    @Test func `a family has its help, its type and its samples`() {
        let counter = Counter()
        counter.add()
        counter.add(2)
        #expect(
            text(.counter("waiaas_a_total", "What it is.", counter))
                == "# HELP waiaas_a_total What it is.\n# TYPE waiaas_a_total counter\nwaiaas_a_total 3\n")
    }

    @Test func `a family without samples is left out`() {
        #expect(text(.gauge("a", "b", [])) == "")
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("\\n", "\\\\n"), ("é \u{1F511}", "é \u{1F511}"),
            ("", ""), ("a}b{c,d=e", "a}b{c,d=e"),
        ])
    func `AUD-07: a label's value is escaped, so it can neither end itself nor its line`(value: String, escaped: String) {
        let family = MetricFamily.gauge("a", "b", [MetricSample(1, MetricSample.Label("x", value), MetricSample.Label("y", "z"))])
        #expect(text(family) == "# HELP a b\n# TYPE a gauge\na{x=\"\(escaped)\",y=\"z\"} 1\n")
    }

    @Test func `a help keeps its quotes and loses its line breaks`() {
        #expect(text(.gauge("a", "say \"b\"\n\\", 1)).hasPrefix("# HELP a say \"b\"\\n\\\\\n"))
    }

    @Test(
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-2, "-2"), (0.25, "0.25"), (1e-9, "1e-09"), (1_763_735_564.123, "1763735564.123"),
            (9_007_199_254_740_992, "9007199254740992"), (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func `a number is written as the format wants it`(number: Double, written: String) {
        #expect(gauge(number) == "# HELP a b\n# TYPE a gauge\na \(written)\n")
    }

    @Test func `a histogram's buckets grow, end with +Inf, and agree with its count`() {
        let snapshot = HistogramSnapshot(bounds: [0.001, 0.5], counts: [2, 0, 3], sum: 7.5)
        #expect(
            text(.histogram("a_seconds", "b", snapshot)) == """
                # HELP a_seconds b
                # TYPE a_seconds histogram
                a_seconds_bucket{le="0.001"} 2
                a_seconds_bucket{le="0.5"} 2
                a_seconds_bucket{le="+Inf"} 5
                a_seconds_sum 7.5
                a_seconds_count 5

                """)
    }
}
