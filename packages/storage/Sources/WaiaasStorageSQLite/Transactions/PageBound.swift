// tidy:allow name because it is a column of requests, and has no type

import WaiaasCore

extension PageRequest {
    /// The blob that the ids of the page come after: of the first page, one that sorts before or behind every id.
    var bound: [UInt8] {
        if let after { return after.bytes }
        return order == .ascending ? [] : [UInt8](repeating: 0xff, count: 17)
    }
}
