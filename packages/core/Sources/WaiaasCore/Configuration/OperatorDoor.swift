/// Whether operator routes answer over TCP (design 2.3).
public enum OperatorDoor {
    /// The setting if it was set; else open, but closed as soon as anything says that others than this machine's users can call.
    ///
    /// - Parameters:
    ///   - explicit: `http.operator_over_tcp`, nil when nobody set it.
    ///   - behindTLS: `http.behind_tls`.
    ///   - trustedProxies: `http.trusted_proxies`.
    ///   - hosts: `http.hosts`.
    public static func isOpenOverTCP(explicit: Bool?, behindTLS: Bool, trustedProxies: [String], hosts: [String]) -> Bool {
        explicit ?? !(behindTLS || !trustedProxies.isEmpty || hosts.contains(where: HostRule.isOutside))
    }
}
