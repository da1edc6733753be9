import CProcess
import Glibc

/// A pipe between two processes or threads. Both ends close at exec.
struct Pipe: ~Copyable {
    let reading: OwnedDescriptor
    let writing: OwnedDescriptor

    /// A new pipe.
    static func open() throws(SystemFault) -> Pipe {
        var reading: Int32 = -1
        var writing: Int32 = -1
        try retrying { waiaas_pipe(&reading, &writing) }
        return Pipe(reading: OwnedDescriptor(reading), writing: OwnedDescriptor(writing))
    }

    /// Closes the writing end and goes on with the other.
    consuming func keepingReading() -> OwnedDescriptor { reading }

    /// Closes the reading end and goes on with the other.
    consuming func keepingWriting() -> OwnedDescriptor { writing }
}
