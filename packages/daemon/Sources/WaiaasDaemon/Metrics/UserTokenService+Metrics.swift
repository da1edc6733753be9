import WaiaasCore

extension UserTokenService: MetricsSource {
    func metrics(at now: Moment) -> [MetricFamily] {
        let ring = keys.ring
        let published = ring.staged.map { [$0] } ?? []
        return [
            .counter(
                "waiaas_user_token_verifications_total", "User tokens verified, by the result.",
                verifications.results.map { result, counter in MetricSample(counter, MetricSample.Label("result", result)) }),
            .counter(
                "waiaas_user_tokens_issued_total", "Tokens issued to users, and to OAuth clients in their own name.",
                [
                    MetricSample(issuance.users, MetricSample.Label("subject", "user")),
                    MetricSample(issuance.clients, MetricSample.Label("subject", "client")),
                ]),
            .gauge(
                "waiaas_user_key_age_seconds", "Time since a key pair of the user ring was made; absent while that is not known.",
                (published + [ring.active] + ring.retirees).compactMap { key in
                    key.createdAt.map {
                        MetricSample(
                            max(0, (now.wall - $0).inSeconds), MetricSample.Label("kid", key.kid.text),
                            MetricSample.Label("state", key.state.rawValue))
                    }
                }),
        ]
    }
}
