import WaiaasCore
import WaiaasCrypto

extension JwtSecretManager: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let counted = snapshot.counted
        let ring = counted.ring
        let retiring = ring.hasEndedOverlap(at: now) ? nil : ring.retiring
        let keys = [ring.active, retiring].compactMap(\.self)
        let sessionsByKey = sessions.countByKey(at: now.wall)
        let windowLeft = retiring?.overlap.map { $0.length - $0.elapsed(at: now) } ?? .zero
        return [
            .counter(
                "waiaas_session_verifications_total",
                "Session tokens verified, by the key that signed them (\"none\": no key of ours) and the result.",
                (keys.map { ($0.kid.text, counted.tally(of: $0.state)) } + [("none", snapshot.foreign)]).flatMap { kid, tally in
                    tally.results.map { result, counter in
                        MetricSample(counter, MetricSample.Label("kid", kid), MetricSample.Label("result", result))
                    }
                }),
            .counter(
                "waiaas_secret_rotations_total", "Rotations of the session secret.",
                [
                    MetricSample(rotations, MetricSample.Label("kind", "planned")),
                    MetricSample(cuts, MetricSample.Label("kind", "compromised")),
                ]),
            .gauge(
                "waiaas_secret_window_remaining_seconds",
                "Time until the session secret before stops verifying; 0 while there is none.", max(0, windowLeft.inSeconds)),
            .gauge(
                "waiaas_secret_age_seconds", "Time since a session secret was made; absent while that is not known.",
                keys.compactMap { key in
                    key.createdAt.map { MetricSample(max(0, (now.wall - $0).inSeconds), Self.kid(key), Self.state(key)) }
                }),
            .gauge(
                "waiaas_sessions", "Live sessions, by the session secret that signed their token.",
                keys.map { MetricSample(Double(sessionsByKey[$0.kid] ?? 0), Self.kid($0), Self.state($0)) }),
            .gauge(
                "waiaas_secret_memory_locked", "Whether the session secret lies in memory that is never swapped out: 1 or 0.",
                ring.active.material.bytes.isLocked ? 1 : 0),
        ]
    }

    private static func kid(_ key: SessionKey) -> MetricSample.Label { MetricSample.Label("kid", key.kid.text) }

    private static func state(_ key: SessionKey) -> MetricSample.Label { MetricSample.Label("state", key.state.rawValue) }
}
