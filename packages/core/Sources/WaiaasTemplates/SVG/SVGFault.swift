/// Why an output is not let through as SVG.
public enum SVGFault: Error, Equatable, Sendable {
    /// It is no XML; what is wrong.
    case malformed(String)
    /// Something of XML that a panel has no use for: a document type, a processing instruction, CDATA, an entity.
    case refusedMarkup(String)
    /// Its first element is another than `svg`.
    case rootIsNotSVG(String)
    /// `svg` without its namespace, which a browser does not draw.
    case namespaceMissing
    /// An element that is not let through.
    case refusedElement(String)
    /// An attribute that is not let through.
    case refusedAttribute(String, element: String)
    /// A reference to something outside the document.
    case outsideReference(String)
    /// A part of a style that is not let through.
    case refusedStyle(String)
    /// A value stands where it would be markup.
    case valueAsMarkup
    /// Elements lie within each other deeper than the limit, or an element has more attributes.
    case tooDeep(limit: Int)
    /// `use` that would draw more than the limit, or that draws another `use`.
    case tooMuchUse(limit: Int)
}

extension SVGFault: CustomStringConvertible {
    /// A sentence for the template's author.
    public var description: String {
        switch self {
        case .malformed(let what): "not XML: \(what)"
        case .refusedMarkup(let what): "\(what) is not allowed in a panel"
        case .rootIsNotSVG(let name): "a panel begins with <svg>, not with <\(name)>"
        case .namespaceMissing: "<svg> needs xmlns=\"http://www.w3.org/2000/svg\"; without it no browser draws it"
        case .refusedElement(let name): "the element <\(name)> is not allowed in a panel"
        case .refusedAttribute(let name, let element): "the attribute `\(name)` of <\(element)> is not allowed in a panel"
        case .outsideReference(let attribute): "`\(attribute)` may refer to `#id` in this panel alone"
        case .refusedStyle(let what): "\(what) is not allowed in a style"
        case .valueAsMarkup: "a value may stand in text, between the quotes of an attribute or in a comment, nowhere else"
        case .tooDeep(let limit): "more than \(limit) elements within each other, or attributes of one element"
        case .tooMuchUse(let limit): "<use> may show \(limit) elements in all, and none that holds another <use>"
        }
    }
}

/// A fault at a byte of the output.
struct SVGFailure: Error {
    let offset: Int
    let fault: SVGFault

    init(_ offset: Int, _ fault: SVGFault) {
        self.offset = offset
        self.fault = fault
    }
}
