/// Taking a promotion back while the key before it still verifies (design 2.6).
extension KeyRing {
    /// Makes the youngest retiring key active again; the one that had taken its place retires.
    ///
    /// - Parameters:
    ///   - moment: now, on both clocks.
    ///   - overlap: how long the key that signed until now goes on verifying.
    /// - Throws: ``RotationRefusal/notStaged`` if no key verifies any more that could sign again: what has ended stays ended.
    public func reinstated(at moment: Moment, overlap: Duration) throws(RotationRefusal) -> KeyRing {
        guard let before = retirees.first, before.overlap?.covers(moment) == true else { throw .notStaged }
        let span = Overlap(startingAt: moment, length: overlap)
        return KeyRing(
            epoch: epoch &+ 1, active: Key(active: before.kid, material: before.material, createdAt: before.createdAt), staged: nil,
            retirees: [active.retired(over: span)] + retirees.dropFirst(), lastRotation: span)
    }
}
