import WaiaasCore

/// What to do when the log does not simply go on behind the store's own place.
extension LogFollower {
    /// Makes log and store fit together again.
    ///
    /// - Parameter text: the log's end as it was found.
    func reconcile(foundEnd text: String?) throws(StoreError) -> ForeignChanges {
        guard let text else {
            if try giveBack(after: -1, insteadOf: nil), position.sequence > 0 {
                sharing.happened(.foundedAgain(through: position.sequence))
            }
            return ForeignChanges()
        }
        guard let end = LogHead(text: text), try isOurs(end) else { return try refuse(text, after: -1) }
        guard let fork = try commonPlace(with: end) else {
            guard end.sequence < position.sequence else {
                // The founding of another, or gone on beyond what is kept.
                throw .writingStopped(
                    "the shared log ends at \(end.sequence) and nothing in it follows what this store holds (\(position.sequence))")
            }
            // The log is an older one than anything that is kept here: somebody put it back.
            if try giveBack(after: -1, insteadOf: text) {
                sharing.happened(.foundedAgain(through: position.sequence))
            }
            return ForeignChanges()
        }
        let theirs = try branch(behind: fork, through: end)
        guard theirs.last?.head ?? fork == end else { return try refuse(text, after: (theirs.last?.head ?? fork).sequence, theirs, fork) }
        if theirs.isEmpty {
            if try giveBack(after: fork.sequence, insteadOf: text) {
                sharing.happened(.completed(count: Int(clamping: position.sequence - fork.sequence)))
            }
            return ForeignChanges()
        }
        return try merge(theirs, behind: fork, end: text)
    }

    /// Whether the entry that the log is said to end with is there, and was made by one of ours.
    private func isOurs(_ end: LogHead) throws(StoreError) -> Bool {
        if end.sequence == 0 { return true }
        guard let last = try sharing.log.page(after: end.sequence - 1, limit: 1).entries.first else { return false }
        return sharing.sealing.isOurs(last, numbered: end.sequence)
    }

    /// The last place that the log and the store have in common; nil if there is none that both still hold.
    private func commonPlace(with end: LogHead) throws(StoreError) -> LogHead? {
        if let head = try journal.head(at: end.sequence), head == end { return head }
        let highest = min(end.sequence, position.sequence)
        var upper = highest
        while upper > 0 {
            let lower = max(0, upper - Int64(Self.pageSize))
            let found = try sharing.log.page(after: lower, limit: Int(upper - lower)).entries
            let own = try journal.entries(after: lower)
            for (entry, theirs) in zip(own, found).reversed() where entry.bytes == theirs && entry.sequence <= highest {
                return try journal.head(at: entry.sequence)
            }
            if own.first?.sequence != lower + 1 { return nil }
            upper = lower
        }
        guard let founding = try journal.head(at: 0) else { return nil }
        // Both begin where the log was founded, if its first entry follows it.
        let first = try sharing.log.page(after: 0, limit: 1).entries.first
        return first.map { sharing.sealing.open($0, behind: founding) != nil } ?? false ? founding : nil
    }

    /// The entries of the log behind a place, as far as they follow one another.
    private func branch(behind fork: LogHead, through end: LogHead) throws(StoreError) -> [Opened] {
        var branch: [Opened] = []
        var last = fork
        while last.sequence < end.sequence {
            let opened = try open(try sharing.log.page(after: last.sequence, limit: Self.pageSize).entries, behind: last)
            guard let next = opened.last?.head else { break }
            branch += opened
            last = next
        }
        return branch
    }

    /// Enters what this store keeps behind a place, up to where it stands.
    ///
    /// - Returns: false if somebody was quicker.
    private func giveBack(after sequence: Int64, insteadOf end: String?) throws(StoreError) -> Bool {
        try sharing.log.enter(try journal.entries(after: sequence), ifEndIs: end, end: position)
    }

    /// Takes out of the log what none of ours made: it ends where its last good entry is, or this store.
    private func refuse(
        _ end: String, after sequence: Int64, _ good: [Opened] = [], _ fork: LogHead? = nil
    ) throws(StoreError) -> ForeignChanges {
        // Who has entered nothing yet cannot tell a stranger's log from a damaged one, and replaces neither.
        guard position.sequence > 0 else {
            throw .writingStopped("the shared log holds something that this store cannot open: is it that of others?")
        }
        let isRepaired: Bool
        if let last = good.last {
            isRepaired = try sharing.log.enter([], ifEndIs: end, end: last.head)
        } else {
            isRepaired = try giveBack(after: fork?.sequence ?? -1, insteadOf: end)
        }
        if isRepaired { sharing.happened(.refused(sequence: sequence < 0 ? position.sequence + 1 : sequence + 1)) }
        return ForeignChanges()
    }
}
