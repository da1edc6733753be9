import WaiaasCrypto

extension SecretBytes {
    /// A user's password out of a request: it lives for that request.
    convenience init(password: String) throws(CryptoError) {
        var bytes = Array(password.utf8)
        try self.init(consuming: &bytes, life: .request)
    }
}
