import Testing
import WaiaasAPI
import WaiaasCore

/// Panels: sessions with a picture.
extension Request {
    /// A box of a colour that an argument says.
    static let box =
        #"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\">"#
        + #"<rect width=\"60\" height=\"40\" fill=\"{{ color }}\"/></svg>"#

    /// Makes a panel of a user.
    static func makePanel(_ id: String, of user: String, color: String = "red", more: String = "", as who: Credential) -> Request {
        let body = #"{"session_id":"\#(id)","template":"\#(box)","args":{"color":"\#(color)"}\#(more)}"#
        return Request("POST", "/api/user/\(user)/session", json: body, as: who)
    }

    /// Changes a panel of a user.
    static func changePanel(_ id: String, of user: String, color: String, as who: Credential) -> Request {
        Request("PUT", "/api/user/\(user)/session/\(id)", json: #"{"args":{"color":"\#(color)"}}"#, as: who)
    }
}

extension DaemonProcess {
    /// The colour that a panel of a user was told last.
    func color(of panel: String, of login: Login) async throws -> String? {
        let reply = try await network.send(Request("GET", "/api/user/\(login.user)/session/\(panel)", as: login.bearer))
        return reply.json?["args"]?["color"]?.string
    }
}
