import WaiaasAPI

extension ListBackups: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> BackupList { try await services.backups.list() }
}
