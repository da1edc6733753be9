import WaiaasAPI
import WaiaasCore

/// What a command has to say, in both forms.
struct Report: Sendable {
    /// One JSON object.
    let json: [UInt8]
    /// The same for a person, for standard output.
    let lines: [String]
    /// What a person should know besides, for standard error.
    let notes: [String]

    /// A report of an answer of the API, which is printed in JSON as it came.
    init(_ answer: some Payload, lines: [String], notes: [String] = []) {
        json = answer.encoded()
        self.lines = lines
        self.notes = notes
    }

    /// A report of something that is no answer of the API.
    ///
    /// - Parameter members: writes the members of the JSON object.
    init(lines: [String], notes: [String] = [], members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        json = writer.bytes
        self.lines = lines
        self.notes = notes
    }
}

extension JSONWriter {
    /// Writes a member unless there is nothing to write.
    mutating func member(_ name: String, ifPresent value: String?) {
        if let value { member(name, value) }
    }

    /// Writes a member that is a list of texts.
    mutating func member(_ name: String, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
