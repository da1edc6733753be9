import WaiaasAPI

extension GetOpenAPI: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> Output { Output(services.documents.openAPI) }
}
