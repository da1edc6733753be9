import WaiaasCore
import WaiaasHTTP

/// How many may watch, and what the network door lets its clients use.
extension Opening {
    /// What the clients of the network door may use.
    var networkLimits: HTTPLimits { HTTPLimits(connections: configuration.http.maxConnections, streams: configuration.http.maxStreams) }

    /// The room of those who watch: as many as the configuration allows and the process has descriptors for.
    func streamHub() -> StreamHub { StreamHub(StreamHub.Limits(streams: HTTPServer.streamCapacity(of: networkLimits))) }
}
