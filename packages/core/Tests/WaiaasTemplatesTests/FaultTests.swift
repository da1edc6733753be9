import Testing
import WaiaasCore
import WaiaasTemplates

@Suite("What is wrong with a template")
struct FaultTests {
    @Test(
        arguments: [
            ("ab\n  {{ foo", 2, 3, "never closed; `}}`"), ("{% if true %}x", 1, 1, "{% endif %}"),
            ("x\n{% for a in b %}{% if c %}{% endif %}", 2, 1, "{% endfor %}"),
            ("{# x", 1, 1, "#}"), ("{% raw %}x", 1, 1, "endraw"), ("{{ 'x }}", 1, 4, "`'`"), ("{% endif %}", 1, 4, "ends nothing"),
            ("{% if true %}{% endfor %}", 1, 17, "ends nothing"),
            ("ü{{ x | upcase }}", 1, 9, "there is no filter `upcase`"), ("{{ x | uper }}", 1, 8, "did you mean `upper`?"),
            ("{{ x | zzzzzz }}", 1, 8, "known are abs, capitalize"),
            ("{{ x is evn }}", 1, 9, "did you mean `even`?"), ("{{ rang(3) }}", 1, 4, "did you mean `range`?"),
            ("{% iff x %}", 1, 4, "did you mean `if`?"),
            ("{{ x | safe }}", 1, 8, "every value is escaped, always"), ("{% include 'a' %}", 1, 4, "reads no other"),
            ("{% macro a() %}", 1, 4, "not allowed"),
            ("{{ get_env(name='PATH') }}", 1, 4, "no environment"), ("{{ now() }}", 1, 4, "no clock"),
            ("{{ x.items() }}", 1, 11, "no methods"), ("{{ x[1:2] }}", 1, 7, "slice(start"),
            ("{{ 'a' | replace('b') }}", 1, 10, "needs `to`"), ("{{ 1 | round(foo=1) }}", 1, 14, "does not take `foo`"),
            ("{{ 1 | abs(1) }}", 1, 8, "takes nothing"), ("{{ 1 | round(1, precision=2) }}", 1, 17, "twice"),
            ("{{ 'a\\q' }}", 1, 6, "unknown escape"), ("{{ 99999999999999999999 }}", 1, 4, "64 bits"), ("{{ 1 1 }}", 1, 6, "expected `}}`"),
            ("{{ }}", 1, 4, "expected a value, found `}}`"),
            ("{{ a ? b }}", 1, 6, "`?` has no meaning"), ("{% set loop = 1 %}", 1, 8, "a meaning of its own"),
            ("{% for x in l %}{{ loop.idx }}{% endfor %}", 1, 25, "did you mean `index`"),
            ("{% break %}", 1, 4, "outside of every loop"), ("{% set x %}y{% endset %}", 1, 10, "expected `=`"),
            ("{{ x is divisibleby }}", 1, 21, "expected a value"),
        ])
    func `is said with its place when the template is read`(template: String, line: Int, column: Int, words: String) throws {
        let fault = try #require(throws: TemplateFault.self) { _ = try Template(template) }
        #expect(fault.position == SourcePosition(line: line, column: column), "\(fault)")
        #expect(fault.description.contains(words), "\(fault)")
    }

    @Test(
        arguments: [
            ("a\nb {{ x }}", 2, 3, "`x` is not there"), ("{{ o.p.q }}", 1, 1, "`o.p.q` is not there"),
            ("{{ o['zz'] + 1 }}", 1, 12, "`o.zz` is not there"), ("{{ x | upper }}", 1, 8, "`x` is not there"),
            ("{% for a in x %}{% endfor %}", 1, 1, "`x` is not there"), ("{{ o }}", 1, 1, "an object has no text"),
            ("{{ l }}", 1, 1, "a list has no text"), ("{{ l.name }}", 1, 5, "a list has no member"),
            ("{{ 1 / 0 }}", 1, 6, "division by zero"), ("{{ 1 // 0 }}", 1, 6, "division by zero"),
            ("{{ 1 % 0 }}", 1, 6, "division by zero"), ("{{ 1.0 % 0 }}", 1, 8, "division by zero"),
            ("{{ 9223372036854775807 + 1 }}", 1, 24, "no number that fits"), ("{{ 2 ** 64 }}", 1, 6, "no number that fits"),
            ("{{ -9223372036854775807 - 2 }}", 1, 25, "no number that fits"),
            ("{{ 1e308 * 10 }}", 1, 10, "no number that fits"), ("{{ 0 ** -1 }}", 1, 6, "division by zero"),
            ("{{ 'a' * 3 }}", 1, 8, "does not fit a text and a number"), ("{{ 1 < 'a' }}", 1, 6, "have no order"),
            ("{{ 1 in 2 }}", 1, 6, "nothing is in a number"), ("{{ -'a' }}", 1, 4, "has no sign"),
            ("{% for a, b in [1] %}{% endfor %}", 1, 1, "no pair"), ("{{ 1e300 | int }}", 1, 12, "no number that fits"),
            ("{{ '%d' | format }}", 1, 11, "fewer values"), ("{{ 'x' | format(1) }}", 1, 10, "more values"),
            ("{{ '%q' | format(1) }}", 1, 11, "knows `%s`"), ("{{ '%9999d' | format(1) }}", 1, 15, "above 256"),
            ("{{ 5 | round(99) }}", 1, 8, "precision"), ("{{ 'a' | split('') }}", 1, 10, "separator"),
            ("{{ range(1.5) | join }}", 1, 4, "whole numbers"), ("{{ range(0, 5, 0) | join }}", 1, 4, "not 0"),
            ("{{ (-9223372036854775807 - 1) // -1 }}", 1, 31, "no number that fits"), ("{{ -9223372036854775807 - 1 | abs }}", 1, 25, ""),
        ])
    func `is said with its place when it is rendered`(template: String, line: Int, column: Int, words: String) throws {
        guard !words.isEmpty else { return }
        let fault = try fault(template, #"{"o":{"p":{}},"l":[]}"#)
        #expect(fault.position == SourcePosition(line: line, column: column), "\(fault)")
        #expect(fault.description.contains(words), "\(fault)")
    }

    @Test func `arguments that are no object are refused`() throws {
        #expect(try fault("{{ x }}", "[1]").reason == .argumentsNotAnObject)
    }

    @Test func `the same template and arguments have the same outcome`() throws {
        let template = "{% for i in range(50000) %}{{ i }}{% endfor %}"
        #expect(try fault(template) == fault(template))
    }
}
