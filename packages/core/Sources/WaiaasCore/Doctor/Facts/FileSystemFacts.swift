/// Where the data directory lies.
public struct FileSystemFacts: DoctorFacts, Hashable {
    /// What the network file system is called; nil on a local one.
    public let network: String?
    /// `storage.allow_network_filesystem`.
    public let isNetworkAllowed: Bool

    /// Facts.
    public init(network: String?, isNetworkAllowed: Bool) {
        self.network = network
        self.isNetworkAllowed = isNetworkAllowed
    }

    /// The file system.
    public var subject: DoctorSubject { .fileSystem }
    /// A network file system, by whether it is allowed.
    public var findings: [Finding] {
        network.map { [Finding(isNetworkAllowed ? .networkFileSystemAllowed : .networkFileSystem, $0)] } ?? []
    }
    /// Local.
    public var summary: String { "on this machine" }
}
