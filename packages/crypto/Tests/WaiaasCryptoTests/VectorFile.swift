import Foundation
import WaiaasCore

/// One case of a file of published vectors.
struct Vector: Sendable, CustomStringConvertible {
    let node: JSONNode

    var description: String { (node.member("name") ?? node.member("tcId")).map { String(decoding: $0.source, as: UTF8.self) } ?? "?" }

    /// A member that must be there and be text.
    func text(_ name: String) throws(VectorFault) -> String {
        guard let text = node.member(name)?.string else { throw .missing(name) }
        return text
    }

    /// A member that must be there and be hexadecimal.
    func bytes(_ name: String) throws(VectorFault) -> [UInt8] {
        guard let bytes = Hexadecimal.decode(try text(name)) else { throw .notHexadecimal(name) }
        return bytes
    }

    /// A member that must be there and be an integer.
    func integer(_ name: String) throws(VectorFault) -> Int {
        guard let value = node.member(name)?.integer else { throw .missing(name) }
        return Int(value)
    }
}

/// A file of vectors that is not what it should be.
enum VectorFault: Error, Equatable {
    case missing(String)
    case notHexadecimal(String)
}

/// Published vectors: those of the RFCs beside the tests, those of Wycheproof in a folder outside of the repository.
enum VectorFile {
    /// The cases of a file in `Vectors/`.
    static func cases(_ name: String) throws -> [Vector] {
        let url = Bundle.module.bundleURL.appending(path: "Vectors/\(name).json")
        return try vectors(in: JSONDocument(scanning: Array(Data(contentsOf: url)), limits: .large).root, "vectors")
    }

    /// The folder of Wycheproof's files: `WAIAAS_VECTORS`, or `../shared/vectors` beside the repository.
    static let wycheproofFolder: URL =
        ProcessInfo.processInfo.environment["WAIAAS_VECTORS"].map { URL(filePath: $0, directoryHint: .isDirectory) }
        ?? URL(filePath: #filePath).appending(path: "../../../../../../shared/vectors", directoryHint: .isDirectory).standardizedFileURL

    /// Whether Wycheproof's files are there.
    static let hasWycheproof = FileManager.default.fileExists(atPath: wycheproofFolder.appending(path: "README.md").path())

    /// What to say where they are not.
    static let whyNot = "no Wycheproof vectors: set WAIAAS_VECTORS to the folder testvectors_v1"

    /// The names of Wycheproof's files that are there.
    static func wycheproofNames() throws -> Set<String> {
        let suffix = "_test.json"
        let files = try FileManager.default.contentsOfDirectory(atPath: wycheproofFolder.path()).filter { $0.hasSuffix(suffix) }
        return Set(files.map { String($0.dropLast(suffix.count)) })
    }

    /// The groups of one of Wycheproof's files.
    static func wycheproof(_ name: String) throws -> [Vector] {
        let bytes = Array(try Data(contentsOf: wycheproofFolder.appending(path: "\(name)_test.json")))
        return try vectors(in: JSONDocument(scanning: bytes, limits: JSONLimits(bytes: 1 << 24)).root, "testGroups")
    }

    /// The cases of a group.
    static func tests(of group: Vector) throws -> [Vector] { try vectors(in: group.node, "tests") }

    private static func vectors(in node: JSONNode, _ name: String) throws -> [Vector] {
        guard let elements = node.member(name)?.elements else { throw VectorFault.missing(name) }
        return elements.map { Vector(node: $0) }
    }
}
