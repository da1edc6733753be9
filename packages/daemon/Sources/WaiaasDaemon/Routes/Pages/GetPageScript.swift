import WaiaasAPI
import WaiaasPage

extension GetPageScript: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PageScript { PageScript(PageFiles.script) }
}
