/// Faults as they are found: each is named once, and only so many are; the rest are counted.
struct AuditFaultList: Sendable {
    /// Those that are named, in the order found.
    private(set) var named: [AuditFault] = []
    /// How many more there are.
    private(set) var notNamed = 0

    init() {}

    /// What another list came to.
    init(named: [AuditFault], notNamed: Int) {
        self.named = named
        self.notNamed = notNamed
    }

    /// Takes the faults of another list.
    mutating func add(_ others: AuditFaultList) {
        for fault in others.named { add(fault) }
        notNamed += others.notNamed
    }

    /// Takes a fault, unless it is named already.
    mutating func add(_ fault: AuditFault) {
        guard !named.contains(fault) else { return }
        if named.count < AuditVerification.faultsNamed { named.append(fault) } else { notNamed += 1 }
    }
}
