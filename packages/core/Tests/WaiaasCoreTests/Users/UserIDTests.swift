import Testing
import WaiaasCore

/// What a user's name may be (design 2.4).
struct UserIDTests {
    @Test(arguments: ["a", "ada.lovelace+x@example.org", "..a", "A-_9", String(repeating: "x", count: 64)])
    func `a name of letters, digits and a few signs is one`(text: String) {
        #expect(UserID(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", "..", "a b", "a/b", "a:b", "a*", "a?b", "a[b]", "ä", "a\u{0}b", "a\nb", "%41", "a\\b", String(repeating: "x", count: 65),
    ])
    func `a separator, a glob, an escape or an empty name is none`(text: String) {
        #expect(UserID(text) == nil)
    }

    @Test func `only users may have an at sign or a plus`() {
        #expect(Agent.Name("a@b") == nil)
        #expect(OAuthClient.ID("a+b") == nil)
    }
}
