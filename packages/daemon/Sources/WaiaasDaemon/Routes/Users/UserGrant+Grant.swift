import WaiaasAPI

extension RefreshService.Grant {
    /// The answer that hands the tokens over.
    ///
    /// - Parameter showingRefresh: whether the refresh token goes into the body.
    func answer(showingRefresh: Bool = false) throws -> UserGrant {
        UserGrant(
            token: String(decoding: try access.signed(), as: UTF8.self), tokenType: "Bearer", expiresIn: access.claims.lifeInSeconds,
            refreshToken: showingRefresh ? refresh?.text : nil)
    }
}
