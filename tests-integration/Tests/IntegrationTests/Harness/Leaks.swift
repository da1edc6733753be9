import Foundation

/// Searches every file of a folder, as somebody would who found it.
enum Leaks {
    /// Every file and folder in a folder, itself included; sockets too.
    static func everything(in folder: String) throws -> [(path: String, isFolder: Bool)] {
        let inside = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return try ([folder] + inside.map { "\(folder)/\($0)" }).map { path in
            let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            return (path, type == .typeDirectory)
        }
    }

    /// The files that name one of some texts.
    static func files(in folder: String, naming texts: [String]) throws -> [String] {
        try texts.flatMap { try files(in: folder, holding: Array($0.utf8)) }
    }

    /// The files that hold some bytes.
    static func files(in folder: String, holding bytes: [UInt8]) throws -> [String] {
        try everything(in: folder).filter { !$0.isFolder && !$0.path.hasSuffix(".sock") }.map(\.path).filter { path in
            try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(bytes)) != nil
        }
    }
}
