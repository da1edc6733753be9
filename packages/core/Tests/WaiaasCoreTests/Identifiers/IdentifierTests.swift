import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite("Identifiers")
struct IdentifierTests {
    typealias Name = Identifier<IdentifierTests>

    @Test func `is a UUID of version 7 and variant 10 that carries its time`() {
        let id = Name(at: WallTime(milliseconds: 0x0123_4567_89AB), randomness: SeededRandomness(seed: 1).randomness)
        let text = id.description
        #expect(text.hasPrefix("01234567-89ab-7"))
        #expect("89ab".contains(text[text.index(text.startIndex, offsetBy: 19)]))
        #expect(text.utf8.count == 36)
    }

    @Test func `text and bytes lead back to the same id`() {
        let random = SeededRandomness(seed: 2)
        for _ in 0..<100 {
            let id = Name(at: WallTime(milliseconds: 1_800_000_000_000), randomness: random.randomness)
            #expect(Name(id.description) == id)
            #expect(Name(bytes: id.bytes) == id)
        }
    }

    @Test(arguments: [
        "", "01234567-89ab-7000-8000-00000000000", "01234567-89AB-7000-8000-000000000000", "0123456789ab70008000000000000000ffff",
        "01234567-89ab-7000-8000-00000000000g", "01234567_89ab-7000-8000-000000000000",
    ])
    func `another spelling is no id`(text: String) {
        #expect(Name(text) == nil)
    }

    @Test func `a later id sorts after an earlier one`() {
        let random = SeededRandomness(seed: 3).randomness
        #expect(Name(at: WallTime(milliseconds: 1), randomness: random) < Name(at: WallTime(milliseconds: 2), randomness: random))
    }
}
