/// What `waiaas doctor` looks at, in its order.
public enum DoctorSubject: String, Sendable, CaseIterable {
    case configuration
    case permissions
    case fileSystem = "file system"
    case lock
    case daemon
    case clock
    case memory
    case swap
    case coreDumps = "core dumps"
    case disk
    case database
    case audit
    case secrets
    case sharing = "shared state"
}
