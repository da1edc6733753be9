import WaiaasAPI
import WaiaasPage

extension GetPageScript: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> PageScript { PageScript(PageFiles.script) }
}
