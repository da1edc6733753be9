import WaiaasAPI
import WaiaasPage

extension GetPageStyle: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> PageStyle { PageStyle(PageFiles.style) }
}
