import WaiaasAPI
import WaiaasPage

extension GetPageIcon: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> PageIcon { PageIcon(PageFiles.icon) }
}
