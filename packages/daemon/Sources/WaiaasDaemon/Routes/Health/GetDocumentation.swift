import WaiaasAPI
import WaiaasHTTP
import WaiaasOpenAPI

extension GetDocumentation: PromptHandler {
    static var fields: [HTTPResponse.Field] { [HTTPResponse.Field("Content-Security-Policy", ReferenceSite.contentSecurityPolicy)] }

    static func answer(_ call: Call<Self>, in services: Services) throws -> Output { Output(services.documents.page) }
}
