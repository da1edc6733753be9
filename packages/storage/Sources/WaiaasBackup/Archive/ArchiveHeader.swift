public import WaiaasCore

/// What stands in front of a backup, readable by everybody and changed by nobody.
public struct ArchiveHeader: Hashable, Sendable {
    /// A file in the backup.
    public struct Entry: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its size in bytes.
        public let size: Int64

        /// An entry from its parts.
        public init(name: String, size: Int64) {
            self.name = name
            self.size = size
        }
    }

    /// The length of ``salt`` in bytes.
    public static let saltLength = 32
    /// The most files that a backup holds.
    static let mostEntries = 16

    /// When and by what it was made.
    public let description: BackupDescription
    /// The wrapped master key of the day: the password that opened the data directory then opens the backup.
    public let masterKey: String
    /// Makes the key of this file another one than that of any other.
    public let salt: [UInt8]
    /// The files, in order.
    public let entries: [Entry]

    /// A header from its parts; the size in the description becomes that of the files.
    public init(_ description: BackupDescription, masterKey: String, salt: [UInt8], entries: [Entry]) {
        self.description = BackupDescription(
            createdAt: description.createdAt, productVersion: description.productVersion, schemaVersion: description.schemaVersion,
            instanceID: description.instanceID, auditKid: description.auditKid, contentBytes: Self.size(of: entries) ?? .max)
        self.masterKey = masterKey
        self.salt = salt
        self.entries = entries
    }

    var json: [UInt8] {
        var writer = JSONWriter(reserving: 1_024)
        writer.beginObject()
        writer.member("createdAt", description.createdAt.iso8601)
        writer.member("version", description.productVersion)
        writer.member("schema", Int64(description.schemaVersion))
        writer.member("instanceId", description.instanceID.description)
        writer.member("auditKid", description.auditKid.text)
        writer.member("masterKey", masterKey)
        writer.member("salt", Base64URL.encode(salt))
        writer.key("files")
        writer.beginArray()
        for entry in entries {
            writer.beginObject()
            writer.member("name", entry.name)
            writer.member("size", entry.size)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Reads ``json``; nil if it is not one. Members that it does not know it leaves out.
    init?(json: [UInt8]) {
        guard let root = try? JSONDocument(scanning: json).root,
            let createdAt = root.member("createdAt")?.string.flatMap({ WallTime(iso8601: $0) }),
            let version = root.member("version")?.string, let schema = root.member("schema")?.integer.flatMap({ Int(exactly: $0) }),
            let instanceID = root.member("instanceId")?.string.flatMap({ InstanceID($0) }),
            let auditKid = root.member("auditKid")?.string.flatMap({ KeyID($0) }), let masterKey = root.member("masterKey")?.string,
            let salt = root.member("salt")?.string.flatMap({ Base64URL.decode($0) }), salt.count == Self.saltLength,
            let files = root.member("files")?.elements
        else { return nil }
        var entries: [Entry] = []
        for file in files {
            guard let name = file.member("name")?.string, Self.isName(name), !entries.contains(where: { $0.name == name }),
                let size = file.member("size")?.integer, size >= 0, entries.count < Self.mostEntries
            else { return nil }
            entries.append(Entry(name: name, size: size))
        }
        guard Self.size(of: entries) != nil else { return nil }
        self.init(
            BackupDescription(
                createdAt: createdAt, productVersion: version, schemaVersion: schema, instanceID: instanceID, auditKid: auditKid,
                contentBytes: 0),
            masterKey: masterKey, salt: salt, entries: entries)
    }

    /// A name that leads nowhere else than into the folder it is unpacked in.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64 && name.utf8.first != UInt8(ascii: ".")
            && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }
    }

    /// All files together; nil if no disk is so large.
    private static func size(of entries: [Entry]) -> Int64? {
        var sum: Int64 = 0
        for entry in entries {
            let (next, overflow) = sum.addingReportingOverflow(entry.size)
            if overflow { return nil }
            sum = next
        }
        return sum
    }
}
