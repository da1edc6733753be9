import WaiaasCore
import WaiaasInstance

/// What the doctor sees of the directory's configuration and of the disk below it.
extension LocalDataDirectory {
    /// The configuration, as a start would read it.
    func examineConfiguration(_ directory: DataDirectory, _ selection: InstanceSelection, isSafe: Bool) -> GatheredFacts {
        guard isSafe else { return .unknown(.configuration, reason: GatheredFacts.unsafe) }
        return .gathering(.configuration) {
            do {
                _ = try configuration(of: directory, selection)
                return ConfigurationFacts(faults: [])
            } catch let faults as ConfigurationFaults {
                return ConfigurationFacts(faults: faults.description.split(separator: "\n").map(String.init))
            }
        }
    }

    /// The kind of the file system; a configuration that cannot be read allows nothing.
    func examineFileSystem(_ directory: DataDirectory, _ selection: InstanceSelection) -> GatheredFacts {
        .gathering(.fileSystem) {
            let settings = try? configuration(of: directory, selection).settings
            let isAllowed = settings.map { $0[Settings.allowNetworkFilesystem] } ?? false
            do throws(DataDirectoryError) {
                try directory.checkFileSystem(allowingNetwork: false)
                return FileSystemFacts(network: nil, isNetworkAllowed: isAllowed)
            } catch {
                guard case .networkFileSystem(_, let kind) = error else { throw error }
                return FileSystemFacts(network: kind, isNetworkAllowed: isAllowed)
            }
        }
    }

    /// The room for the database, and for its copies where those lie elsewhere.
    func examineDisk(_ directory: DataDirectory) -> GatheredFacts {
        .gathering(.disk) {
            let data = try Machine.disk(of: directory.path)
            let backups = try? Machine.disk(of: directory.backups, notOf: directory.path)
            return DiskFacts(disks: [data, backups].compactMap(\.self), databaseBytes: directory.databaseSize())
        }
    }
}
