import Testing
import WaiaasCore

/// Providers without a target of their own, by a program of the operator's.
@Suite("The event secret through a program")
struct ExecTargetTests {
    /// A program as an operator writes one, for a folder in place of a provider: it compares before it writes, and keeps a diary of its
    /// arguments and its environment.
    private func program(in world: World) throws {
        try Files.write(
            """
            #!/bin/sh
            # provider read|write|destroy
            set -eu
            dir=$STORE
            { echo "$*"; env; } >> "$dir/diary"
            case $1 in
            read) [ ! -e "$dir/secret" ] || cat "$dir/secret" ;;
            write)
                now=
                [ ! -e "$dir/secret" ] || now=$(sha256sum < "$dir/secret" | cut -c 1-64)
                [ "$now" = "$WAIAAS_REPLACES" ] || exit 3
                cat > "$dir/secret.new"
                mv "$dir/secret.new" "$dir/secret" ;;
            destroy) rm -f "$dir/older" ;;
            esac
            [ ! -e "$dir/trouble" ] || exit "$(cat "$dir/trouble")"
            """, to: world.path("provider"))
        try Files.makeFolder(world.path("store"))
        try Files.setMode(0o700, of: world.path("provider"))
        try world.configure(
            ackTimeout: 4,
            """
            [[events.target]]
            name = "script"
            kind = "exec"
            path = "\(world.path("provider"))"
            environment = ["PATH", "STORE"]
            settle_seconds = 0
            """)
    }

    @Test func `a rotation goes through; the program gets the variables that are named, and the key on its input alone`() async throws {
        try await World.inside { world in
            try program(in: world)
            try await world.start(environment: ["STORE": world.path("store"), "OTHER": "not-for-it"])
            try Files.write("", to: world.path("store/older"))
            #expect(try await world.waiaas("event target check").succeeded().output.contains("holds nothing yet"))
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let first = try JSONDocument(scanning: Array(Files.text(world.path("store/secret")).utf8)).root
            let key = try #require(first["value"]?.string)
            #expect(first["old_value"] == nil && !Files.exists(world.path("store/older")))
            let old = try await world.eventKid()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            #expect(try await world.eventKid() != old)
            try await world.waiaas("event target check").succeeded()
            let diary = Files.text(world.path("store/diary"))
            #expect(!diary.contains(key) && !diary.contains("not-for-it") && !diary.contains("HOME="))
            #expect(diary.contains("WAIAAS_REPLACES="))
        }
    }

    @Test(arguments: [("3", "somebody else writes it"), ("4", "its program refuses"), ("1", "its program exits 1")])
    func `a program that fails stops a rotation before the new key signs`(code: String, reason: String) async throws {
        try await World.inside { world in
            try program(in: world)
            try await world.start(environment: ["STORE": world.path("store")])
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let old = try await world.eventKid()
            try Files.write(code, to: world.path("store/trouble"))
            let rotation = try await world.waiaas("event rotate --wait").exited(1)
            #expect(rotation.errors.contains(reason), "\(rotation.errors)")
            #expect(try await world.eventKid() == old)
        }
    }
}
