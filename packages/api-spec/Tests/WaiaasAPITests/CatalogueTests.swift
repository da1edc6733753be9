import Foundation
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Catalogue")
struct CatalogueTests {
    /// The folders of endpoints; a file holds an endpoint if it declares one.
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/WaiaasAPI/Endpoints").standardizedFileURL

    @Test func `it lists exactly the endpoints that the folders hold, in the folders' order`() throws {
        var found: [String] = []
        for area in Area.allCases.map(\.rawValue).sorted() {
            for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent(area).path).sorted() {
                let text = try String(contentsOf: Self.folder.appendingPathComponent("\(area)/\(name)"), encoding: .utf8)
                if text.contains(": Operation {") { found.append("\(area)/\(name.dropLast(6))") }
            }
        }
        #expect(found == Catalogue.operations.map { "\($0.endpoint.area.rawValue)/\($0)" })
    }

    @Test func `operation ids are unique`() {
        let ids = Catalogue.endpoints.map(\.operationId)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `no two endpoints of one method claim the same path`() {
        let endpoints = Catalogue.endpoints
        for (index, left) in endpoints.enumerated() {
            for right in endpoints[(index + 1)...] where left.method == right.method {
                #expect(!left.path.clashes(with: right.path), "\(left.operationId) and \(right.operationId)")
            }
        }
    }

    @Test(arguments: Catalogue.endpoints.map(\.operationId))
    func `an endpoint describes every parameter of its path, and its query parameters may be left out`(id: String) throws {
        let endpoint = try #require(Catalogue.endpoints.first { $0.operationId == id })
        #expect(endpoint.pathParameters.map(\.name) == endpoint.path.parameterNames)
        #expect(endpoint.pathParameters.allSatisfy { $0.presence == .required })
        #expect(endpoint.queryParameters.allSatisfy { $0.presence == .optional })
        #expect(!endpoint.summary.isEmpty && !endpoint.summary.hasSuffix(".") && endpoint.text.hasSuffix("."))
    }

    @Test(arguments: Catalogue.endpoints.map(\.operationId))
    func `an operator's endpoint says so in its path, and nothing else under v1 is open`(id: String) throws {
        let endpoint = try #require(Catalogue.endpoints.first { $0.operationId == id })
        if endpoint.path.description.hasPrefix("/v1/admin/") { #expect(endpoint.authentication == .operator) }
        if endpoint.path.description.hasPrefix("/v1/"), endpoint.authentication == .anyone {
            #expect(endpoint.area == .health && endpoint.method == .get)
        }
    }

    @Test func `an endpoint's problems follow from its credential, its body and its parameters`() {
        let renew = RenewSession.endpoint.problems
        #expect(renew.contains(.invalidToken) && renew.contains(.renewalTooEarly) && renew.contains(.bodyNotAllowed))
        #expect(renew.contains(.writeQueueFull) && !renew.contains(.unsupportedMediaType) && !renew.contains(.masterPasswordRequired))
        let health = GetHealth.endpoint.problems
        #expect(!health.contains(.invalidToken) && !health.contains(.validationError) && health.contains(.invalidHost))
        #expect(CreateAgent.endpoint.problems.contains(.bodyTooLarge))
    }
}
