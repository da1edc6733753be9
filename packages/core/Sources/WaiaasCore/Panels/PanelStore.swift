/// What the panels' room reads from storage.
public protocol PanelReading {
    /// The panel of this key.
    func panel(_ key: PanelKey) throws(StoreError) -> Panel?
    /// Every panel, ended or not: the load at start.
    func forEachPanel(_ body: (Panel) -> Void) throws(StoreError)
    /// How many panels a space holds, ended ones that were not removed yet among them.
    func panelCount(in space: PanelSpace) throws(StoreError) -> Int
}

/// What the panels' room changes in storage, inside a transaction.
public protocol PanelStore: PanelReading {
    /// Adds a panel. Returns false, and changes nothing, if its key is taken.
    func insert(_ panel: Panel) throws(StoreError) -> Bool
    /// Stores template and arguments of a panel. Returns false if this life of the key is over.
    func update(_ panel: Panel) throws(StoreError) -> Bool
    /// Removes a panel. Returns false if this life of the key is over.
    func removePanel(_ key: PanelKey, life: Identifier<Panel>) throws(StoreError) -> Bool
}
