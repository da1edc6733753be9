import Glibc

/// What libFuzzer calls with each input (`make fuzz`). `WAIAAS_FUZZ` names the parser, so that one build serves all.
///
/// A parser must refuse or accept; what else must be true of what it accepts stands in its own file. A broken promise ends the process, and
/// libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    parser(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let parsers: [String: @Sendable ([UInt8]) -> Void] = [
    "json": JSONFuzz.run, "token": TokenFuzz.run, "http": HTTPFuzz.run, "toml": TOMLFuzz.run, "text": TextFuzz.run,
    "template": TemplateFuzz.run,
]

private let parser: @Sendable ([UInt8]) -> Void = {
    let name = getenv("WAIAAS_FUZZ").map { String(cString: $0) } ?? ""
    guard let parser = parsers[name] else {
        say("WAIAAS_FUZZ is one of \(parsers.keys.sorted().joined(separator: ", ")), not \"\(name)\"")
        exit(2)
    }
    return parser
}()

/// Ends the process when a promise does not hold; libFuzzer writes the input down.
func promise(_ holds: Bool, _ what: String) {
    guard !holds else { return }
    say("broken: \(what)")
    abort()
}

private func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(2, bytes, bytes.count)
}
