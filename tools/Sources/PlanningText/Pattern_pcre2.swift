private import CPCRE2

/// A regular expression by PCRE2, matched line by line and with a limit of steps: no pattern of a plan can hold the tool up.
///
/// Ownership: the compiled code and the room for a match belong to the value alone and are freed with it.
package final class Pattern {
    /// Why a pattern is not taken.
    package enum Fault: Error, Hashable {
        /// It is no regular expression; the offset is in bytes.
        case syntax(String, offset: Int)
        /// It needs more steps than ``Pattern/stepLimit`` for a line.
        case tooManySteps
    }

    /// Steps for one line. A sensible pattern needs some hundreds.
    package static let stepLimit: UInt32 = 50_000

    private let code: OpaquePointer
    private let limits: OpaquePointer
    private let match: OpaquePointer

    /// Compiles a pattern, and tries it on lines that drive a bad one into trying every way to split them.
    package init(_ text: String) throws(Fault) {
        var number: CInt = 0
        var offset = 0
        let bytes = Array(text.utf8)
        // Without the shortcuts at the start of a match: they hide a bad pattern until a line comes that has the letter it ends in.
        let options = PCRE2_UTF | PCRE2_NO_START_OPTIMIZE
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &number, &offset, nil) else {
            var message = [UInt8](repeating: 0, count: 200)
            let length = pcre2_get_error_message_8(number, &message, message.count)
            throw .syntax(String(decoding: message.prefix(max(0, Int(length))), as: UTF8.self), offset: offset)
        }
        guard let limits = pcre2_match_context_create_8(nil), let match = pcre2_match_data_create_from_pattern_8(code, nil) else {
            pcre2_code_free_8(code)
            throw .tooManySteps
        }
        pcre2_set_match_limit_8(limits, Self.stepLimit)
        self.code = code
        self.limits = limits
        self.match = match
        for letter in Set(text).union("a0 ").sorted() where letter.isLetter || letter.isNumber || letter == " " {
            _ = try stands(in: String(repeating: letter, count: 64) + "\u{1}")
        }
    }

    deinit {
        pcre2_match_data_free_8(match)
        pcre2_match_context_free_8(limits)
        pcre2_code_free_8(code)
    }

    /// Whether the pattern matches somewhere in a line.
    package func stands(in line: some StringProtocol) throws(Fault) -> Bool {
        let bytes = Array(line.utf8)
        let result = pcre2_match_8(code, bytes, bytes.count, 0, 0, match, limits)
        if result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT || result == PCRE2_ERROR_HEAPLIMIT { throw .tooManySteps }
        return result >= 0
    }
}
