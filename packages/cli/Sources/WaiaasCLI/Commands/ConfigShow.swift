import WaiaasCore

extension Command {
    static let configShow = Command(
        "config", "show", summary: "print every setting with where it comes from",
        text: """
            Reads config.toml and the environment as a start would and prints each value, where it comes from (default, file with line, \
            variable, flag) and whether waiaas reload makes a change effective or the next start does. Secrets are left out. It shows what \
            a start from this shell would take: a running daemon has the environment of its own start, and the values it last read.
            """,
        parameters: [SharedParameters.port.row, SharedParameters.logLevel.row],
        examples: [
            .init("what is in force?", "waiaas config show"),
            .init("for a program", "waiaas config show --data-dir /var/lib/waiaas --json"),
        ]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.configuration()
        let rows = report.settings.rows
        let lines = TextLayout.table(
            [["SETTING", "VALUE", "FROM", "CHANGES"]]
                + rows.map { row, value, origin in
                    [row.name, value.description, shortened(origin, of: report.file), row.isReloadable ? "by reload" : "at the next start"]
                })
        try invocation.report(
            Report(lines: lines) { json in
                json.member("file", report.file)
                json.key("settings")
                json.beginArray()
                for (row, value, origin) in rows {
                    json.beginObject()
                    json.member("name", row.name)
                    json.key("value")
                    json.write(value)
                    json.key("origin")
                    json.write(origin)
                    json.member("reloadable", row.isReloadable)
                    json.endObject()
                }
                json.endArray()
            })
        return .success
    }

    /// The origin without the folders of the file that all of them share.
    private static func shortened(_ origin: SettingOrigin, of file: String) -> String {
        guard case .file(file, let position) = origin else { return origin.description }
        return "\(file.split(separator: "/").last ?? Substring(file)):\(position.line)"
    }
}

extension JSONWriter {
    /// Writes the value of a setting with its JSON type.
    fileprivate mutating func write(_ value: SettingValue) {
        switch value {
        case .boolean(let flag): bool(flag)
        case .integer(let number): integer(number)
        case .text(let text): string(text)
        case .list(let texts):
            beginArray()
            for text in texts { string(text) }
            endArray()
        }
    }

    /// Writes where a value comes from.
    fileprivate mutating func write(_ origin: SettingOrigin) {
        beginObject()
        switch origin {
        case .fallback: member("kind", "default")
        case .file(let path, let position):
            member("kind", "file")
            member("file", path)
            member("line", Int64(position.line))
            member("column", Int64(position.column))
        case .environment(let variable):
            member("kind", "environment")
            member("variable", variable)
        case .flag: member("kind", "flag")
        }
        endObject()
    }
}
