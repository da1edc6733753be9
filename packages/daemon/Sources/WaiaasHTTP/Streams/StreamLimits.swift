/// What the clients of streams may use.
struct StreamLimits: Sendable {
    /// How long a client may take nothing of what is sent.
    let stallMilliseconds: UInt64
    /// Bytes of frames, no longer the newest, that slow clients may keep in memory all together.
    let heldBytes: Int
}
