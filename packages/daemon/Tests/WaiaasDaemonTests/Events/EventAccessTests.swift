import Testing
import WaiaasAPI

/// The table of design 2.3 about events.
struct EventAccessTests {
    @Test(arguments: [
        (Authentication.eventSignerOrOperator, "POST /v1/events/sign"), (.eventVerifierOrOperator, "POST /v1/events/verify"),
        (.eventKeyHolder, "GET /v1/events/keyset"),
    ])
    func `NET-04: a role of a consumer opens one endpoint`(authentication: Authentication, endpoint: String) {
        let opened = Catalogue.endpoints.filter { $0.authentication == authentication }
        #expect(opened.map { "\($0.method.rawValue) \($0.path)" } == [endpoint])
    }
}
