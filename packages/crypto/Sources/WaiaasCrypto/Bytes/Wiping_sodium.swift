import CSodium

extension [UInt8] {
    /// Zeroes the bytes in a way that the compiler does not leave out, then empties the array.
    ///
    /// Only this array's own storage is reached: call it on the one holder.
    public mutating func wipe() {
        withUnsafeMutableBytes { bytes in
            guard let address = bytes.baseAddress else { return }
            sodium_memzero(address, bytes.count)
        }
        removeAll()
    }
}
