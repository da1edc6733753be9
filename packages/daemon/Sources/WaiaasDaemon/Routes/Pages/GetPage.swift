import WaiaasAPI
import WaiaasHTTP
import WaiaasPage

extension GetPage: PromptHandler {
    static var fields: [HTTPResponse.Field] { [HTTPResponse.Field("Content-Security-Policy", PageFiles.contentSecurityPolicy)] }

    static func answer(_ call: Call<Self>, in services: Services) throws -> PageDocument { PageDocument(PageFiles.document) }
}
