import Synchronization
import Testing
import WaiaasCore
import WaiaasHTTP

@testable import WaiaasDaemon

extension House {
    var panels: PanelService { rooms.services.panels }

    /// A box of a colour that an argument says.
    static let box = #"<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="{{ color }}"/></svg>"#

    static func arguments(_ json: String) throws -> PanelArguments { try #require(PanelArguments(json: Array(json.utf8))) }

    /// Makes a panel of a user, or a public one.
    func panel(
        _ id: String = "build", of user: User? = nil, template: String = box, arguments: String = #"{"color":"red"}"#, life: Int64 = 3_600
    ) async throws -> PanelKey {
        let id = try #require(PanelID(id))
        let key = user.map { PanelKey.user($0.id, id) } ?? .public(id)
        try await panels.create(
            key, template: template, arguments: Self.arguments(arguments), life: .seconds(life), for: Self.caller)
        return key
    }

    func update(_ key: PanelKey, _ arguments: String) async throws {
        try await panels.update(key, arguments: Self.arguments(arguments))
    }

    /// How a panel looks.
    func picture(_ key: PanelKey) async throws -> String { String(decoding: try await panels.frame(of: key).svg, as: UTF8.self) }

    /// Whether a panel's picture holds a text.
    func shows(_ key: PanelKey, _ text: String) async throws -> Bool { try await picture(key).contains(text) }

    /// A panel's rows in the store.
    func stored(_ key: PanelKey) async throws -> Panel? { try await store.read { try $0.panel(key) } }
}
