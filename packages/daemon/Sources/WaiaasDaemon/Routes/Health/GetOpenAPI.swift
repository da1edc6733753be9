import WaiaasAPI

extension GetOpenAPI: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> Output { Output(services.documents.openAPI) }
}
