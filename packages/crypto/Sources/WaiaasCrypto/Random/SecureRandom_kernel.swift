import CSodium
import Glibc

extension SecureRandom {
    /// The most that getrandom(2) promises to give in one piece, uninterrupted.
    private static let largestPiece = 256

    /// Fills the buffer from getrandom(2); blocks only in the first moments after the machine's boot.
    static func kernelFill(_ target: inout MutableRawSpan) -> Bool {
        target.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < buffer.count {
                let piece = min(largestPiece, buffer.count - filled)
                let got = getrandom(buffer.baseAddress.map { $0 + filled }, piece, 0)
                if got > 0 {
                    filled += got
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
