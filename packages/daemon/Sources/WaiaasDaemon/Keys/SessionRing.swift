import WaiaasCore
import WaiaasCrypto

/// The ring of the secret that signs session tokens.
typealias SessionRing = KeyRing<SigningSecret>

/// A key of the session ring.
typealias SessionKey = Key<SigningSecret>
