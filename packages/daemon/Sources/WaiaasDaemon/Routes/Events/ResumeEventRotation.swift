import WaiaasAPI
import WaiaasCore

extension ResumeEventRotation: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventRotationReport {
        var names: [String] = []
        for part in (call.parameters.without ?? "").split(separator: ",") {
            // What is kept and shown has the form of a name, even if nobody has it.
            guard let name = EventConsumer.Name(String(part)) else {
                throw Problem.validation([
                    SchemaIssue(
                        path: "$.without", code: .format, message: "must be names of consumers and targets, between commas",
                        expected: "names of 1 to 64 of the characters A-Z a-z 0-9 . _ -", received: "another text")
                ])
            }
            names.append(name.text)
        }
        let job = try await services.events.service.resume(without: names, by: call.caller.actor, requestID: call.requestID)
        return services.events.report(job)
    }
}
