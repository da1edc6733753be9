import PlanningText

/// Something wrong in a planning artifact, as `file:line:column: message`.
struct Fault: Hashable, Comparable, CustomStringConvertible {
    let path: String
    /// Its beginning, for what is wrong with a file as a whole.
    var place = TextPlace(line: 1)
    let message: String
    /// A warning is told, and fails nothing.
    var isWarning = false

    var description: String { "\(path):\(place.line):\(place.column): \(isWarning ? "warning: " : "")\(message)" }

    static func < (left: Fault, right: Fault) -> Bool { (left.path, left.place, left.message) < (right.path, right.place, right.message) }
}
