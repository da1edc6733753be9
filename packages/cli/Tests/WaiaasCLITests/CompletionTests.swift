import Foundation
import Testing

@testable import WaiaasCLI

/// The completions, read and run by the shells themselves.
struct CompletionTests {
    /// What bash offers after these words; the last one is what is being typed.
    private func bash(_ words: String..., in folder: String = "/") throws -> [String] {
        let quoted = words.map(ShellQuoting.quoted).joined(separator: " ")
        let script = """
            \(CompletionShell.bash.script(for: CommandTable.all))
            cd \(ShellQuoting.quoted(folder))
            COMP_WORDS=(waiaas \(quoted)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _waiaas
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        return try run("bash", ["--norc", "-s"], input: script).output.split(separator: "\n").map(String.init)
    }

    @Test func `bash completes commands and their second words`() throws {
        #expect(try bash("") == Array(Set(CommandTable.all.map { $0.words[0] })).sorted(by: order) + ["help"])
        #expect(try bash("se") == ["session", "secret"])
        #expect(try bash("secret", "") == ["rotate", "status", "reset"])
        #expect(try bash("secret", "ro") == ["rotate"])
        #expect(try bash("help", "se") == ["session", "secret"])
        #expect(try bash("help", "secret", "st") == ["status"])
        #expect(try bash("help", "secret", "status", "") == [])
    }

    @Test func `bash completes options, their values, and places that can be listed`() throws {
        #expect(
            try bash("secret", "rotate", "--") == [
                "--compromised", "--dry-run", "--yes", "--data-dir", "--password-file", "--json", "--help",
            ])
        #expect(try bash("start", "--log") == ["--log-level"])
        #expect(try bash("session", "create", "--output", "") == ["token", "json", "env"])
        #expect(try bash("session", "create", "--output", "=", "e") == ["env"])
        #expect(try bash("session", "create", "--output", "=") == ["token", "json", "env"])
        #expect(try bash("session", "create", "--agent", "") == [], "who there is only the daemon knows")
        #expect(try bash("completions", "").prefix(3) == ["bash", "zsh", "fish"])
        #expect(try !bash("start", "--").contains("--spawned"))
        #expect(try bash("nonsense", "") == [])
    }

    @Test func `bash completes files and directories`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "waiaas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "a folder"), withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "a file"))
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try bash("status", "--data-dir", "a", in: folder.path) == ["a folder"])
        #expect(try Set(bash("status", "--password-file", "a", in: folder.path)) == ["a file", "a folder"])
    }

    @Test(arguments: CompletionShell.allCases)
    func `the shell itself finds no fault in its script`(shell: CompletionShell) throws {
        guard Self.has(shell.rawValue) else { return }
        let result = try run(shell.rawValue, ["-n"], file: shell.script(for: CommandTable.all))
        #expect(result.output == "" && result.code == 0)
    }

    @Test(.enabled(if: has("fish"))) func `fish completes words, options and values`() throws {
        func fish(_ line: String) throws -> [String] {
            let script = CompletionShell.fish.script(for: CommandTable.all) + "complete -C \(ShellQuoting.quoted(line))\n"
            return try run("fish", ["--no-config"], file: script).output.split(separator: "\n")
                .map { String($0.prefix { $0 != "\t" }) }
        }
        #expect(try Set(fish("waiaas se")) == ["session", "secret"])
        #expect(try Set(fish("waiaas secret ")) == ["rotate", "status", "reset"])
        #expect(try fish("waiaas secret rotate --comp") == ["--compromised"])
        #expect(try Set(fish("waiaas session create --output ")) == ["token", "json", "env"])
        #expect(try Set(fish("waiaas help secret ")) == ["rotate", "status", "reset"])
        #expect(try !fish("waiaas start --").contains("--spawned"))
    }

    @Test(.enabled(if: has("zsh"))) func `zsh hands the right words and options to its completion system`() throws {
        // The completion system works at a terminal alone, so two functions stand in for it and print what they are given.
        func zsh(_ words: String...) throws -> [String] {
            let quoted = (["waiaas"] + words).map(ShellQuoting.quoted).joined(separator: " ")
            let script = """
                compdef() { : }
                _describe() { print -rl -- "${(@)${(P)4}%%:*}" }
                _arguments() { print -rl -- "at $CURRENT of $words" "$@" }
                \(CompletionShell.zsh.script(for: CommandTable.all))
                words=(\(quoted)); CURRENT=$#words; _waiaas
                """
            return try run("zsh", ["-f"], file: script).output.split(separator: "\n").map(String.init)
        }
        #expect(try zsh("").contains("doctor") && zsh("").last == "help")
        #expect(try zsh("secret", "") == ["rotate", "status", "reset"])
        #expect(try zsh("help", "secret", "") == ["rotate", "status", "reset"])
        #expect(try zsh("help", "secret", "status", "") == [])
        let create = try zsh("session", "create", "--output", "")
        #expect(create.first == "at 3 of create --output ")
        #expect(create.contains { $0.hasPrefix("--output=[") && $0.hasSuffix(":token|json|env:(token json env)") })
        let start = try zsh("start", "-")
        #expect(start.prefix(3) == ["at 2 of start -", "-s", "-S"])
        #expect(start.contains("-d[run in the background; return when it is ready]") == false, "both spellings exclude each other")
        #expect(start.contains("(-d --daemon)-d[run in the background; return when it is ready]"))
        #expect(start.contains { $0.hasPrefix("--data-dir=") && $0.hasSuffix(":DIR:_files -/") })
    }

    @Test func `options that take a path are completed as paths`() {
        for row in CommandTable.all.flatMap(\.allParameters) {
            guard case .option = row.kind, row.name.hasSuffix("-file") || row.name.hasSuffix("-dir") else { continue }
            #expect(row.completion == .file || row.completion == .directory, "--\(row.name)")
        }
    }

    private func order(_ one: String, _ other: String) -> Bool {
        let words = CommandTable.all.map { $0.words[0] }
        return words.firstIndex(of: one) ?? 0 < words.firstIndex(of: other) ?? 0
    }

    private static func has(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program) }

    private func run(
        _ program: String, _ arguments: [String], input: String = "", file: String? = nil
    ) throws -> (output: String, code: Int32) {
        try OutsideProgram.run("/usr/bin/" + program, arguments, input: input, file: file)
    }
}
