public import WaiaasCore

extension WallTime {
    /// The time as part of a file's name, sorted by time: `20261121T101530.000Z`.
    public var fileName: String { iso8601.filter { $0 != "-" && $0 != ":" } }
}
