/// Reads the table `system_state`: single values by name (seed 000). An absent row is the seed's null.
public protocol StateReading {
    /// The value under a name, nil if there is none.
    func state(_ name: StateName) throws(StoreError) -> String?
}

/// Changes the table `system_state`.
public protocol StateStore: StateReading {
    /// Stores a value under a name; nil removes the row.
    func setState(_ name: StateName, to value: String?) throws(StoreError)
}

/// The names in `system_state`.
public enum StateName: String, Sendable, CaseIterable {
    /// The random master key, wrapped under the master password.
    case masterKey = "master_key"
    /// Counts the changes of the session ring; part of what its sealed values are bound to.
    case sessionRingEpoch = "session_ring_epoch"
    /// The secret that signs, sealed, in hex.
    case jwtSecretCurrent = "jwt_secret_current"
    /// The secret before it while its window lasts, sealed, in hex.
    case jwtSecretPrevious = "jwt_secret_previous"
    /// When the window began, in milliseconds since the epoch.
    case jwtSecretRotatedAt = "jwt_secret_rotated_at"
    /// Counts the changes of the user ring.
    case userRingEpoch = "user_ring_epoch"
    /// The user ring's keys, sealed, in hex.
    case userRing = "user_ring"
    /// The `max-age` of the published keys, in seconds, and until when copies with a longer one may be held, in milliseconds.
    case keySetAge = "key_set_age"
    /// Counts the changes of the event ring, its rotation and its consumers.
    case eventRingEpoch = "event_ring_epoch"
    /// The event keys, the rotation and the consumers, sealed together, in hex.
    case eventRing = "event_ring"
    /// What consumers of event keys said they have loaded, sealed, in hex; only where several daemons share it.
    case eventAcknowledgements = "event_acknowledgements"
    /// The audit ring's private half, sealed, in hex.
    case auditKey = "audit_key"
}
