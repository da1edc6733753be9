import Foundation
import Testing
import WaiaasCore

@testable import WaiaasCLI

/// The manual page.
struct ManualPageTests {
    private static let hasGroff = FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")

    @Test(arguments: [
        ("a-b", "a\\-b"), (".dot", "\\&.dot"), ("'x'", "\\(aqx\\(aq"), ("a\\b", "a\\eb"), ("~/^`\"", "\\(ti/\\(ha\\(ga\\(dq"),
        ("…", "\\[u2026]"), ("😀", "\\[u1F600]"),
    ])
    func `every character stands for itself`(text: String, roff: String) {
        #expect(Roff.text(text) == roff)
    }

    @Test func `every command and every option that is shown is on it`() {
        let page = ManualPage.roff
        for command in CommandTable.all {
            #expect(page.contains(".SS \"waiaas \(Roff.text(command.name))\"\n"))
            for row in command.parameters where !row.isHidden && row.kind != .positional {
                #expect(page.contains(Roff.bold("--" + row.name)))
            }
        }
        #expect(!page.contains("spawned"))
    }

    @Test(.enabled(if: hasGroff)) func `groff has nothing to warn of, and shows what was written`() throws {
        let result = try OutsideProgram.run("/usr/bin/groff", ["-ww", "-man", "-Tutf8", "-P-cbou", "-rLL=100n"], file: ManualPage.roff)
        #expect(result.code == 0)
        #expect(!result.output.contains("warning:") && !result.output.contains("error:"), "\(result.output.prefix(2_000))")
        for title in [
            "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
        ] {
            #expect(result.output.contains("\n\(title)\n") || result.output.hasPrefix("\(title)\n"), "\(title)")
        }
        #expect(result.output.contains("waiaas audit list --event SECRET_ROTATED --limit 1000"), "an example that can be copied")
    }
}
