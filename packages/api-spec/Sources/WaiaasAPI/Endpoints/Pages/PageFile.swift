public import WaiaasCore

/// A file that is passed on as it is.
public protocol PageFile: Payload {
    /// Its type, as `Content-Type` has it.
    static var mediaType: String { get }
    /// The bytes.
    var bytes: [UInt8] { get }
    /// A file from its bytes.
    init(_ bytes: [UInt8])
}

extension PageFile {
    /// A document of its type.
    public static var content: Content { .document(mediaType: mediaType) }
    /// Takes the bytes as they are.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.init(bytes) }
    /// The bytes as they are.
    public func encoded() -> [UInt8] { bytes }
}

/// The page's document.
public struct PageDocument: PageFile {
    /// HTML in UTF-8.
    public static let mediaType = "text/html; charset=utf-8"
    /// The shortest page.
    public static let example = PageDocument(Array("<!doctype html><title>waiaas panels</title>".utf8))
    /// The bytes.
    public let bytes: [UInt8]
    /// A document from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// The page's script.
public struct PageScript: PageFile {
    /// JavaScript in UTF-8.
    public static let mediaType = "text/javascript; charset=utf-8"
    /// The shortest script.
    public static let example = PageScript(Array("\"use strict\";".utf8))
    /// The bytes.
    public let bytes: [UInt8]
    /// A script from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// The page's style.
public struct PageStyle: PageFile {
    /// CSS in UTF-8.
    public static let mediaType = "text/css; charset=utf-8"
    /// The shortest style.
    public static let example = PageStyle(Array("body { margin: 0 }".utf8))
    /// The bytes.
    public let bytes: [UInt8]
    /// A style from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// The page's icon.
public struct PageIcon: PageFile {
    /// A picture in SVG.
    public static let mediaType = "image/svg+xml"
    /// The shortest picture.
    public static let example = PageIcon(Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8))
    /// The bytes.
    public let bytes: [UInt8]
    /// An icon from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}
