import WaiaasAPI
import WaiaasPage

extension GetPageIcon: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PageIcon { PageIcon(PageFiles.icon) }
}
