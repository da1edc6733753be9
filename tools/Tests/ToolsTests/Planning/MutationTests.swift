import Foundation
import Testing

@testable import tools

/// Plans in which one field was changed at random: the lint names the field.
@Suite struct MutationTests {
    /// A generator that gives the same numbers for the same seed (SplitMix64).
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// A field of a plan's text: the line of its key, and where its value ends.
    private struct FieldLines {
        let name: String
        let range: Range<Int>
    }

    @Test func `of twenty plans with one field changed at random, each names the field`() throws {
        let seed = ProcessInfo.processInfo.environment["WAIAAS_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
        print("mutations of plans: WAIAAS_SEED=\(seed)")
        var dice = Dice(state: seed)
        let example = try ExampleProject()
        let path = ".planning/phases/2/2-3-PLAN.md"
        let original = example.files[path] ?? ""
        for round in 1...20 {
            let lines = original.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let field = try #require(Self.fields(of: lines).randomElement(using: &dice))
            let (name, mutation) = try #require(Self.mutations.sorted { $0.key < $1.key }.randomElement(using: &dice))
            var changed = lines
            changed.replaceSubrange(field.range, with: mutation(field.name, Array(lines[field.range])))
            try example.write(changed.joined(separator: "\n"), to: path)
            let faults = example.faults.filter { $0.path == path }
            #expect(
                faults.contains { $0.message.hasPrefix("\(field.name)") || $0.message.contains(".\(field.name)") },
                "WAIAAS_SEED=\(seed) round \(round): \(name) of \(field.name): \(faults)")
        }
    }

    /// Ways to spoil a field, given its name and its lines.
    private static let mutations: [String: @Sendable (String, [String]) -> [String]] = [
        "left out": { _, _ in [] },
        "twice": { _, lines in lines + lines },
        "of another name": { name, lines in [lines[0].replacing("\(name):", with: "\(name)s:")] + lines.dropFirst() },
        "a word": { name, lines in ["\(lines[0].prefix { $0 == " " })\(name): \"?\""] },
        "a mapping": { name, lines in ["\(lines[0].prefix { $0 == " " })\(name): {a: 1}"] },
        "a list of lists": { name, lines in ["\(lines[0].prefix { $0 == " " })\(name): [[]]"] },
        "nothing": { name, lines in ["\(lines[0].prefix { $0 == " " })\(name):"] },
    ]

    /// Every key of the fields, also those inside `must_haves`, with the lines of its value.
    private static func fields(of lines: [String]) -> [FieldLines] {
        let end = lines.dropFirst().firstIndex { $0 == "---" } ?? 0
        return (1..<end).compactMap { start in
            let depth = lines[start].prefix { $0 == " " }.count
            guard let name = lines[start].prefixMatch(of: #/ *([a-z_]+):/#)?.output.1 else { return nil }
            let stop = (start + 1..<end).first { lines[$0].prefix { $0 == " " }.count <= depth } ?? end
            return FieldLines(name: String(name), range: start..<stop)
        }
    }
}
