import Testing
import WaiaasCore

@Suite("Agent names")
struct AgentNameTests {
    @Test(arguments: ["a", "Z", "0", "-", "_", "trader", "a.b-c_D9", ".a", "a.", "..a", "-rf", String(repeating: "x", count: 64)])
    func `1 to 64 characters of the alphabet are a name`(text: String) {
        #expect(Agent.Name(text)?.description == text)
    }

    @Test(arguments: [
        "", ".", "..", "...", " ", "a b", " a", "a\n", "a\u{0}b", "a/b", "../a", "a@b", "a+b", "a:b", "a%20", "ä", "a\u{301}", "ａ", "😀",
        String(repeating: "x", count: 65), String(repeating: ".", count: 64),
    ])
    func `any other text is not`(text: String) {
        #expect(Agent.Name(text) == nil)
    }

    @Test func `names differ by case`() {
        #expect(Agent.Name("trader") != Agent.Name("Trader"))
    }

    @Test func `a status says whether it is suspended`() {
        #expect(!AgentStatus.active.isSuspended)
        #expect(AgentStatus.suspended(since: WallTime(seconds: 1), reason: nil).isSuspended)
    }
}
