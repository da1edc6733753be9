import COpenSSL

extension Derivation {
    /// Fills the output. The library keeps a copy of the secret in its own heap for the length of the call and cleanses it.
    static func hkdf(from secret: SecretBytes, salt: [UInt8], info: [UInt8], into output: inout MutableRawSpan) -> Bool {
        guard let function = EVP_KDF_fetch(nil, "HKDF", nil) else { return false }
        defer { EVP_KDF_free(function) }
        guard let context = EVP_KDF_CTX_new(function) else { return false }
        defer { EVP_KDF_CTX_free(context) }

        var digestName = Array("SHA256".utf8CString)
        var salt = salt
        var info = info
        return secret.withBytes { key in
            key.withUnsafeBytes { key in
                digestName.withUnsafeMutableBufferPointer { digestName in
                    salt.withUnsafeMutableBytes { salt in
                        info.withUnsafeMutableBytes { info in
                            // The library takes all parameters by mutable pointer and only reads them.
                            let keyAddress = UnsafeMutableRawPointer(mutating: key.baseAddress)
                            let parameters = [
                                OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digestName.baseAddress, 0),
                                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, keyAddress, key.count),
                                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.baseAddress, salt.count),
                                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.baseAddress, info.count),
                                OSSL_PARAM_construct_end(),
                            ]
                            return output.withUnsafeMutableBytes { output in
                                EVP_KDF_derive(context, output.baseAddress, output.count, parameters) == 1
                            }
                        }
                    }
                }
            }
        }
    }
}
