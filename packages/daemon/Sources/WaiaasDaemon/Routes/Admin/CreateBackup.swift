import WaiaasAPI

extension CreateBackup: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> BackupSummary {
        try await services.backups.create(for: call.caller)
    }
}
