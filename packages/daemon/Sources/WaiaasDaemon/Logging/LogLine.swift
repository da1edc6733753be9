import WaiaasCore

/// One line of the log, before it is written down.
struct LogLine {
    let time: WallTime
    let level: LogLevel
    let event: StaticString
    let facts: Log.Facts

    /// The line with its end. It has no other line break, whatever the facts hold.
    func bytes(as format: LogFormat) -> [UInt8] {
        switch format {
        case .text: Array(text.utf8)
        case .json: json
        }
    }

    private var text: String {
        var text = "\(time.iso8601) \(level.rawValue.uppercased()) \(event)"
        for (name, value) in facts { text += " \(name)=\(value.asText)" }
        return text + "\n"
    }

    private var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("time", time.iso8601)
        writer.member("level", level.rawValue)
        writer.member("event", event.description)
        for (name, value) in facts {
            writer.key(name.description)
            writer.json(value.asJSON.utf8)
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
