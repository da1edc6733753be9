import WaiaasCore

extension Command {
    static let backupList = Command(
        "backup", "list", summary: "list the backups of the data directory",
        text: """
            Shows what the files in the folder backups say of themselves, oldest first. Needs no password and no lock. A file whose header is \
            damaged is named as such; whether the rest is whole, waiaas backup verify tells.
            """,
        examples: [.init("which ones are there?", "waiaas backup list")]
    ) { invocation async throws(CommandFailure) in
        let listings = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.listBackups(of: selection)
        }
        try invocation.report(
            Report(lines: lines(listings, now: invocation.now)) { json in
                json.key("backups")
                json.beginArray()
                for listing in listings { write(listing, to: &json) }
                json.endArray()
            })
        return .success
    }

    private static func lines(_ listings: [BackupListing], now: WallTime) -> [String] {
        guard !listings.isEmpty else { return ["no backups; waiaas backup create makes one"] }
        return TextLayout.table(
            [["MADE", "SIZE", "VERSION", "FILE"]]
                + listings.map { listing in
                    let size = ByteWords.words(listing.bytes)
                    switch listing.description {
                    case .success(let description):
                        return [SpanWords.time(description.createdAt, now: now), size, description.productVersion, listing.name]
                    case .failure(let fault): return ["-", size, "-", "\(listing.name): \(fault.code): \(fault)"]
                    }
                })
    }

    private static func write(_ listing: BackupListing, to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", listing.name)
        json.member("path", listing.path)
        json.member("sizeBytes", listing.bytes)
        switch listing.description {
        case .success(let description): BackupText.write(description, to: &json)
        case .failure(let fault):
            json.member("code", fault.code)
            json.member("fault", fault.description)
        }
        json.endObject()
    }
}
