import WaiaasAPI
import WaiaasPage

extension GetPageStyle: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PageStyle { PageStyle(PageFiles.style) }
}
