import Testing
import WaiaasCore

struct IdentifierFormTests {
    @Test func `what looks like an id of ours is one, in letters of either size`() {
        for text in [
            "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "01935D3E-8A10-7C3B-A05F-6E7D8C9BA012", "00000000-0000-0000-0000-000000000000",
        ] {
            #expect(IdentifierForm.fits(text))
        }
    }

    @Test(
        arguments: [
            "", "ada", "01935d3e8a107c3ba05f6e7d8c9ba012", "01935d3e-8a10-7c3b-a05f-6e7d8c9ba01", "01935d3e-8a10-7c3b-a05f-6e7d8c9ba0123",
            "01935d3e-8a10-7c3b-a05f_6e7d8c9ba012", "g1935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "01935d3e-8a107-c3b-a05f-6e7d8c9ba012",
        ])
    func `any other text is a name`(text: String) {
        #expect(!IdentifierForm.fits(text))
    }
}
