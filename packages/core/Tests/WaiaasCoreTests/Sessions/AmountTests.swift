import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite("Amounts")
struct AmountTests {
    private func amount(_ text: String) throws -> Amount { try #require(Amount(text), "\(text) is canonical") }

    @Test(arguments: [
        "0", "1", "9", "10", "100", "18446744073709551616", "0.1", "0.01", "10.05", "1.5", "0.000000000000000001",
        String(repeating: "9", count: 78), "1." + String(repeating: "0", count: 35) + "1",
    ])
    func `the canonical spelling is read, and written again as it was`(text: String) throws {
        #expect(try amount(text).description == text)
    }

    @Test(arguments: [
        "", " ", "-1", "-0", "+1", "00", "01", "007", ".", ".5", "5.", "0.0", "1.0", "1.50", "0.10", "1..5", "1.2.3", "1,5", "1 000",
        "1_000", " 1", "1 ", "1\n", "1e3", "1E3", "0x1", "NaN", "Infinity", "١", "１", "1\u{0}", "1\u{301}",
        "1" + String(repeating: "0", count: 78), "0." + String(repeating: "0", count: 36) + "1",
    ])
    func `any other spelling is refused`(text: String) {
        #expect(Amount(text) == nil)
    }

    @Test(arguments: [
        ("0", "0", "0"), ("1", "2", "3"), ("0", "7.25", "7.25"), ("9", "1", "10"), ("999", "1", "1000"), ("0.5", "0.5", "1"),
        ("0.1", "0.2", "0.3"), ("99.99", "0.01", "100"), ("1.5", "2.25", "3.75"), ("0.001", "12", "12.001"), ("123", "0.4", "123.4"),
        ("9.999", "90.001", "100"), ("0.999999999999999999", "0.000000000000000001", "1"),
        (String(repeating: "9", count: 78), "1", "1" + String(repeating: "0", count: 78)),
    ])
    func `a sum is exact, in either order`(left: String, right: String, sum: String) throws {
        #expect(try (amount(left) + amount(right)).description == sum)
        #expect(try (amount(right) + amount(left)).description == sum)
    }

    @Test(arguments: [
        ("0", "1"), ("9", "10"), ("0.9", "1"), ("1", "1.000001"), ("1.1", "1.11"), ("1.19", "1.2"), ("0.01", "0.1"), ("99.9", "100.1"),
        ("2", "10"), ("18446744073709551615", "18446744073709551616"), ("0", "0.000000000000000000000000000000000001"),
    ])
    func `numbers are compared by value, not as text`(less: String, more: String) throws {
        let (less, more) = try (amount(less), amount(more))
        #expect(less < more && less != more)
        #expect(!(more < less) && !(less < less))
    }

    @Test func `order and sums agree with whole numbers, at every scale`() throws {
        let random = SeededRandomness(seed: 11)
        for _ in 0..<3_000 {
            let scale = random.below(5)
            let bound = [10, 1_000, 1_000_000][random.below(3)]
            let (left, right) = (random.below(bound), random.below(bound))
            let (one, other) = try (amount(Self.text(left, scale: scale)), amount(Self.text(right, scale: scale)))
            #expect((one < other) == (left < right))
            #expect((one == other) == (left == right))
            #expect((one + other).description == Self.text(left + right, scale: scale))
        }
    }

    @Test func `adding long numbers piece by piece gives what adding them whole gives`() throws {
        let random = SeededRandomness(seed: 12)
        for _ in 0..<200 {
            // A number of sixty digits is put together from its digits, each with its zeros behind it, in any order.
            let digits = (0..<60).map { $0 == 0 ? 1 + random.below(9) : random.below(10) }
            var pieces = digits.enumerated().filter { $0.element > 0 }.map {
                "\($0.element)" + String(repeating: "0", count: 59 - $0.offset)
            }
            for index in pieces.indices { pieces.swapAt(index, random.below(pieces.count)) }
            let sum = try pieces.reduce(Amount.zero) { $0 + (try amount($1)) }
            #expect(sum.description == digits.map(String.init).joined())
        }
    }

    @Test func `a sum says when it has outgrown what can be read again`() throws {
        let most = try amount(String(repeating: "9", count: 78))
        #expect(most.isReadable)
        #expect(try !(most + amount("1")).isReadable)
        #expect(Amount((try most + amount("1")).description) == nil)
        #expect(try (most + amount("0.5")).isReadable)
    }

    /// A whole number of units of 10^-scale, spelled canonically.
    private static func text(_ units: Int, scale: Int) -> String {
        var digits = String(units)
        while digits.utf8.count <= scale { digits = "0" + digits }
        var fraction = digits.suffix(scale)
        while fraction.last == "0" { fraction.removeLast() }
        return digits.dropLast(scale) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
