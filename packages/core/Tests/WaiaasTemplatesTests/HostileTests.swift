import Testing
import WaiaasCore
import WaiaasTemplates

/// Templates that want to harm: each must be refused, whatever the machine, by what is counted.
@Suite("Hostile templates are refused")
struct HostileTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let template: String
        var arguments = "{}"
        let reason: @Sendable (TemplateFaultReason) -> Bool
        var testDescription: String { name }
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static let tooManySteps: @Sendable (TemplateFaultReason) -> Bool = { $0 == .tooManySteps(limit: 100_000) }
    private static let tooManyTokens: @Sendable (TemplateFaultReason) -> Bool = { $0 == .tooManyTokens(limit: 20_000) }
    private static let tooDeep: @Sendable (TemplateFaultReason) -> Bool = { if case .tooDeep = $0 { true } else { false } }
    private static let tooLarge: @Sendable (TemplateFaultReason) -> Bool = { if case .tooLarge = $0 { true } else { false } }
    private static let tooLong: @Sendable (TemplateFaultReason) -> Bool = { if case .textTooLong = $0 { true } else { false } }
    private static let refused: @Sendable (TemplateFaultReason) -> Bool = { if case .refused = $0 { true } else { false } }
    private static let anything: @Sendable (TemplateFaultReason) -> Bool = { _ in true }

    static let cases: [Case] = [
        Case(name: "a range of 10^12", template: "{% for i in range(end=1000000000000) %}x{% endfor %}", reason: tooManySteps),
        Case(
            name: "a range of all numbers", template: "{{ range(-9223372036854775807, 9223372036854775807) | length }}",
            reason: tooManySteps),
        Case(
            name: "a range of all numbers, in the smallest steps down", template: "{{ range(9223372036854775807, 0, -1) | length }}",
            reason: tooManySteps),
        Case(
            name: "loops in loops in loops",
            template: times(6, "{% for i in range(1000) %}") + "{{ i }}" + times(6, "{% endfor %}"), reason: tooManySteps),
        Case(
            name: "loops that write nothing",
            template: times(8, "{% for i in range(100) %}") + times(8, "{% endfor %}"), reason: tooManySteps),
        Case(name: "blocks a hundred deep", template: times(100, "{% if true %}") + times(100, "{% endif %}"), reason: tooDeep),
        Case(name: "brackets 9,000 deep", template: "{{ " + times(9_000, "(") + "1" + times(9_000, ")") + " }}", reason: tooDeep),
        Case(name: "lists 9,000 deep", template: "{{ " + times(9_000, "[") + times(9_000, "]") + " }}", reason: tooDeep),
        Case(name: "signs 19,000 deep", template: "{{ " + times(19_000, "-") + "1 }}", reason: tooDeep),
        Case(name: "`not` 19,000 deep", template: "{{ " + times(19_000, "not ") + "1 }}", reason: tooDeep),
        Case(name: "choices 4,000 deep", template: "{{ " + times(4_000, "1 if 0 else ") + "1 }}", reason: tooDeep),
        Case(name: "tests of tests", template: "{{ 1" + times(9_000, " is odd") + " }}", reason: tooDeep),
        Case(name: "10^6 filters", template: "{{ x" + times(1_000_000, "|e") + " }}", arguments: #"{"x":1}"#, reason: tooLarge),
        Case(
            name: "as many filters as fit", template: "{{ x" + times(130_000, "|e") + " }}", arguments: #"{"x":1}"#, reason: tooManyTokens),
        Case(name: "as many operators as fit", template: "{{ 1" + times(130_000, "+1") + " }}", reason: tooManyTokens),
        Case(
            name: "as many members as fit", template: "{{ x" + times(130_000, ".a") + " }}", arguments: #"{"x":{}}"#, reason: tooManyTokens),
        Case(
            name: "as many filters as may be, in a loop",
            template: "{% for i in range(1000) %}{{ x" + times(9_000, "|e") + " }}{% endfor %}", arguments: #"{"x":1}"#,
            reason: tooManySteps),
        Case(
            name: "output that doubles",
            template: "{% set s = 'aaaaaaaaaaaaaaaa' %}{% for i in range(60) %}{% set_global s = s ~ s %}{% endfor %}{{ s }}",
            reason: tooLong),
        Case(
            name: "a list that doubles",
            template: "{% set s = [1] %}{% for i in range(60) %}{% set_global s = s + s %}{% endfor %}{{ s | length }}",
            reason: tooManySteps),
        Case(
            name: "a list in a list in a list", template: "{% set s = [] %}{% for i in range(9000) %}{% set_global s = [s] %}{% endfor %}",
            reason: { $0 == .valueTooDeep(limit: 64) }),
        Case(
            name: "a list of itself twice, forty times, compared",
            template:
                "{% set a = [1] %}{% set b = [1] %}{% for i in range(40) %}{% set_global a = [a, a] %}{% set_global b = [b, b] %}{% endfor %}{{ a == b }}",
            reason: tooManySteps),
        Case(
            name: "a list of itself twice, forty times, as JSON",
            template: "{% set a = [1] %}{% for i in range(40) %}{% set_global a = [a, a] %}{% endfor %}{{ a | json_encode }}",
            reason: tooManySteps),
        Case(name: "replacing every letter by a long text", template: "{{ ('a' * 1) }}", reason: anything),
        Case(
            name: "replacing until it is huge",
            template: "{% set s = 'aaaa' %}{% for i in range(50) %}{% set_global s = s | replace('a', 'aaaaaaaa') %}{% endfor %}",
            reason: tooLong),
        Case(
            name: "searching in a long text, again and again",
            template: "{% for i in range(20000) %}{% if 'aaaaaaaaaaaaaaaab' in s %}{% endif %}{% endfor %}",
            arguments: "{\"s\":\"\(times(20_000, "a"))\"}", reason: tooManySteps),
        Case(
            name: "sorting again and again", template: "{% for i in range(20000) %}{% set x = l | sort %}{% endfor %}",
            arguments: "{\"l\":[\((0..<5_000).map { String($0 * 7_919 % 5_000) }.joined(separator: ","))]}", reason: tooManySteps),
        Case(
            name: "upper case again and again", template: "{% for i in range(90000) %}{% set x = s | upper %}{% endfor %}",
            arguments: "{\"s\":\"\(times(60_000, "ß"))\"}", reason: tooManySteps),
        Case(name: "a width that fills memory", template: "{{ '%1000000000d' | format(1) }}", reason: anything),
        Case(name: "an endless macro", template: "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", reason: refused),
        Case(name: "an include", template: "{% include '/etc/passwd' %}", reason: refused),
        Case(name: "an import", template: "{% import 'x' as y %}", reason: refused),
        Case(name: "inheritance", template: "{% extends 'x' %}", reason: refused),
        Case(name: "the environment", template: "{{ get_env(name='HOME') }}", reason: refused),
        Case(name: "Python's way out", template: "{{ ''.__class__.__mro__[1].__subclasses__() }}", reason: anything),
        Case(name: "a minus that leaves the range", template: "{{ -(-9223372036854775807 - 1) }}", reason: { $0 == .notANumber }),
        Case(name: "an index that leaves the range", template: "{{ [1][-9223372036854775807 - 1] }}", reason: anything),
        Case(
            name: "arguments in a loop of all of them", template: "{% for a in l %}{% for b in l %}{{ a }}{% endfor %}{% endfor %}",
            arguments: "{\"l\":[\(times(20_000, "1,"))1]}", reason: tooManySteps),
        Case(name: "a template of nothing but openers", template: times(60_000, "{% "), reason: anything),
        Case(name: "a template of unclosed raw", template: times(20_000, "{% raw %}"), reason: anything),
    ]

    @Test(arguments: cases) func `by what they cost, not by a clock`(hostile: Case) throws {
        let document = try JSONDocument(scanning: Array(hostile.arguments.utf8), limits: JSONLimits(bytes: 1 << 20, members: 16_384))
        let clock = ContinuousClock()
        var found: TemplateFault?
        let took = clock.measure {
            do throws(TemplateFault) { _ = try Template(hostile.template).text(document.root) } catch { found = error }
        }
        let fault = try #require(found)
        #expect(hostile.reason(fault.reason), "\(fault.description.prefix(200))")
        print("\(hostile.name): \(took), \(fault.description.prefix(80))")
    }
}
