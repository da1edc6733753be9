import Glibc
import WaiaasCore

extension DataDirectory {
    /// Lends an open descriptor of the directory, for calls that name files in it without its path (`openat`, `/proc/self/fd`).
    ///
    /// - Throws: ``DataDirectoryError``, or what the body throws.
    public func withDescriptor<Answer>(_ body: (Int32) throws -> Answer) throws -> Answer {
        do {
            let descriptor = try OwnedDescriptor(path: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            return try body(descriptor.number)
        } catch let fault as SystemFault {
            throw DataDirectoryError(fault, at: path)
        }
    }
}
