import WaiaasCore

extension String: Storable {
    func bind(to statement: Statement, at index: Int32) { statement.bind(text: self, at: index) }

    init(reading row: Row) throws(StoreError) { self = try row.text() }
}

/// A value that is stored as its one spelling.
protocol StoredAsText: Storable {
    /// Reads the spelling; nil for any other text.
    init?(spelling: String)
    /// The spelling.
    var spelling: String { get }
}

extension StoredAsText {
    func bind(to statement: Statement, at index: Int32) { statement.bind(text: spelling, at: index) }

    init(reading row: Row) throws(StoreError) {
        guard let value = Self(spelling: try row.text()) else { throw row.damaged("not a value of this column") }
        self = value
    }
}

extension KeyID: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { text }
}

extension Agent.Name: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { text }
}

extension Amount: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { description }
}

extension ConstraintName: StoredAsText {
    init?(spelling: String) { self.init(rawValue: spelling) }
    var spelling: String { rawValue }
}

extension StateName: StoredAsText {
    init?(spelling: String) { self.init(rawValue: spelling) }
    var spelling: String { rawValue }
}

extension UserID: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { text }
}

extension OAuthClient.ID: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { text }
}

extension RevocationReason: StoredAsText {
    init?(spelling: String) { self.init(rawValue: spelling) }
    var spelling: String { rawValue }
}

extension PanelID: StoredAsText {
    init?(spelling: String) { self.init(spelling) }
    var spelling: String { text }
}

extension PanelArguments: StoredAsText {
    init?(spelling: String) { self.init(json: Array(spelling.utf8)) }
    var spelling: String { String(decoding: json, as: UTF8.self) }
}
