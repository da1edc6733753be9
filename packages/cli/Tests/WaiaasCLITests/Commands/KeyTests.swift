import Foundation
import Synchronization
import Testing
import WaiaasAPI
import WaiaasClient
import WaiaasCore

/// `key list|rotate|retire|taint`.
struct KeyTests {
    private let old = kid("Old0000000000000")
    private let new = kid("-ew0000000000000")

    private func key(_ kid: KeyID, _ state: KeyStateName, signsIn: Duration? = nil, verifiesFor: Duration? = nil) -> KeySummary {
        KeySummary(
            kid: kid, algorithm: "RS256", state: state, createdAt: Shell.now, signsFrom: signsIn.map { Shell.now + $0 },
            verifiesUntil: verifiesFor.map { Shell.now + $0 })
    }

    private var staged: [KeySummary] { [key(old, .active), key(new, .staged, signsIn: .seconds(3))] }
    private var promoted: [KeySummary] { [key(new, .active), key(old, .retiring, verifiesFor: .seconds(900))] }

    private func rotation(_ keys: [KeySummary], kid: KeyID?) -> KeyRotationAnswer {
        KeyRotationAnswer(
            ring: .user, dryRun: kid == nil, kid: kid, timeline: [PlannedStep(at: Shell.now + .seconds(3), event: "the next key signs")],
            keys: keys)
    }

    private let stagedTable = [
        "KID               STATE   ALGORITHM  MADE                      WHAT IT DOES",
        "Old0000000000000  active  RS256      2027-01-15T08:00:00.000Z  signs",
        "-ew0000000000000  staged  RS256      2027-01-15T08:00:00.000Z  is made known; signs from 2027-01-15T08:00:03.000Z (in 3 s)",
    ]

    @Test func `list shows what each key does, and until when`() async {
        let shell = Shell()
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: staged))
        #expect(await shell.run("key list") == .said(stagedTable, notes: []))
        #expect(shell.daemon.calls.last == "GET /v1/admin/keys/user")
        shell.daemon.on(ListKeys.self, RingReport(ring: .audit, keys: [key(new, .active), key(old, .retiring)]))
        let outcome = await shell.run("key list --ring audit")
        #expect(
            outcome.output.hasSuffix("Old0000000000000  retiring  RS256      2027-01-15T08:00:00.000Z  verifies what it signed, for good\n")
        )
        #expect(shell.daemon.calls.last == "GET /v1/admin/keys/audit")
    }

    @Test func `rotate prints the timeline and how to see it through`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation(staged, kid: new))
        #expect(
            await shell.run("key rotate")
                == .said(
                    ["The next key is published: \(new)", "2027-01-15T08:00:03.000Z  the next key signs"] + stagedTable,
                    notes: ["it signs by itself at its time; waiaas key list shows how far it is, key rotate --wait waits for it"]))
        #expect(shell.daemon.calls.last == "POST /v1/admin/keys/user/rotate")
    }

    @Test func `a dry run changes nothing, asks nothing and says so`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation([key(old, .active)], kid: nil))
        let outcome = await shell.run("key rotate --dry-run --compromised")
        #expect(outcome.exit == .success && outcome.error == "")
        #expect(outcome.output.hasPrefix("Nothing was changed. A rotation after a leak would do this:\n2027-01-15T08:00:03.000Z  the next"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/keys/user/rotate?compromised=true&dry_run=true")
    }

    @Test func `wait counts down in one line until the key signs, and ends with its kid`() async {
        let shell = Shell()
        shell.console.widen(to: 80)
        shell.daemon.on(RotateKey.self, rotation(staged, kid: new))
        let looks = Mutex(0)
        let (staged, promoted) = (staged, promoted)
        shell.daemon.on(ListKeys.self) { (_, _) throws(ClientError) in
            let count = looks.withLock { looks in
                looks += 1
                return looks
            }
            return RingReport(ring: .user, keys: count < 4 ? staged : promoted)
        }
        let outcome = await shell.run("key rotate --wait")
        #expect(outcome.exit == .success)
        #expect(outcome.output.hasPrefix("The next key is published: \(new)\n"))
        #expect(outcome.output.hasSuffix("\nsigns now: \(new)\n"))
        #expect(
            outcome.error.split(separator: "\r").map { $0.trimmingCharacters(in: .whitespaces) } == [
                "\(new) signs in 3 s", "\(new) signs in 2 s", "\(new) signs in 1 s", "\(new) signs at any moment", "",
            ])
    }

    @Test func `wait in JSON is one object, with the ring as it is in the end`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation(staged, kid: new))
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: promoted))
        let last = KeyRotationAnswer(
            ring: .user, dryRun: false, kid: new, timeline: rotation(staged, kid: new).timeline, keys: promoted)
        #expect(await shell.run("key rotate --wait --json") == .printed(String(decoding: last.encoded(), as: UTF8.self)))
    }

    @Test func `wait needs no look where the key signs already`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation([key(new, .active)], kid: new))
        #expect(await shell.run("key rotate --ring audit --wait").output.hasSuffix("signs now: \(new)\n"))
    }

    @Test func `wait ends when somebody takes the key out`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation(staged, kid: new))
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: [key(old, .active)]))
        let outcome = await shell.run("key rotate --wait")
        #expect(outcome.exit == .failure)
        #expect(
            outcome.error == "waiaas: \(new) was taken out of the ring before it signed\nhint: waiaas audit list shows by whom\n")
    }

    @Test func `wait does not wait for ever`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation(staged, kid: new))
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: staged))
        let outcome = await shell.run("key rotate --wait")
        #expect(outcome.exit == .timeout)
        #expect(outcome.error.hasPrefix("waiaas: \(new) was to sign by now and does not\n"))
        #expect(shell.daemon.calls.filter { $0.hasPrefix("GET") }.count == 63, "three seconds and a minute")
    }

    @Test func `a dry run has nothing to wait for`() async {
        let shell = Shell()
        #expect(await shell.run("key rotate --dry-run --wait").error.contains("--dry-run and --wait exclude each other"))
        #expect(shell.daemon.calls == [])
    }

    @Test func `KEY-08 rotate after a leak asks first, and the audit ring, which loses nothing, does not`() async {
        let shell = Shell()
        shell.daemon.on(RotateKey.self, rotation([key(new, .active)], kid: new))
        let why = "every user token signed until now is refused here at once, for good"
        #expect(
            await shell.run("key rotate --compromised")
                == .failed(
                    .failure, "waiaas: nothing was changed: \(why), and there is no terminal to ask at",
                    "hint: --yes goes on without asking"))
        #expect(shell.daemon.calls == [])
        #expect(await shell.run("key rotate --compromised --yes").output.hasPrefix("A fresh key signs: \(new)\n"))
        #expect(shell.daemon.calls.last == "POST /v1/admin/keys/user/rotate?compromised=true")
        #expect(await shell.run("key rotate --compromised --ring audit").exit == .success)
    }

    @Test func `a second rotation says how long the first still takes`() async {
        let shell = Shell()
        shell.daemon.refuse(RotateKey.self, Problem(.keyAlreadyStaged, details: ["kid": "x", "secondsLeft": 252]))
        #expect(
            await shell.run("key rotate")
                == .failed(
                    .failure, "waiaas: a next key is waiting already: it signs in 4 min 12 s",
                    "hint: waiaas key list shows it; after a leak do not wait: waiaas key rotate --compromised"))
    }

    @Test(arguments: [("retire", ""), ("taint", "?tainted=true")])
    func `a key that has signed is taken out after a question`(verb: String, query: String) async {
        let shell = Shell()
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: promoted))
        shell.daemon.on(RemoveKey.self, RingReport(ring: .user, keys: [key(new, .active)]))
        shell.console.answer("n", "y")
        let refused = await shell.run("key \(verb) \(old)")
        #expect(refused.exit == .failure)
        #expect(refused.error.hasPrefix("every token that \(old) signed is refused here at once, for good\ngo on? [y/N] "))
        #expect(shell.daemon.calls.last == "GET /v1/admin/keys/user")
        let done = await shell.run("key \(verb) \(old)")
        #expect(done.output.hasPrefix("taken out: \(old)\nKID "))
        #expect(done.error.hasSuffix("who verifies with a copy of the key set goes on with this key until it is fetched again\n"))
        #expect(shell.daemon.calls.last == "DELETE /v1/admin/keys/user/\(old)\(query)")
    }

    @Test func `a key that has signed nothing is taken out without a question, also when its name begins with a hyphen`() async {
        let shell = Shell()
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: staged))
        shell.daemon.on(RemoveKey.self, RingReport(ring: .user, keys: [key(old, .active)]))
        let outcome = await shell.run("key retire \(new)")
        #expect(outcome.exit == .success && outcome.error == "")
        #expect(shell.daemon.calls.last == "DELETE /v1/admin/keys/user/\(new)")
        #expect(await shell.run("key retire -- \(new)").exit == .success)
    }

    @Test(arguments: [("key retire -x", "-x"), ("key retire --rign audit", "--rign"), ("key list -abcdef", "-abcdef")])
    func `a wrong option is none the less one`(line: String, option: String) async {
        #expect(await Shell().run(line).error.hasPrefix("waiaas: unknown option: \(option)\n"))
    }

    @Test func `the key that signs stays, and the refusal says what replaces it`() async {
        let shell = Shell()
        shell.daemon.on(ListKeys.self, RingReport(ring: .user, keys: staged))
        shell.daemon.refuse(RemoveKey.self, Problem(.keySigns))
        #expect(
            await shell.run("key taint \(old)")
                == .failed(
                    .failure, "waiaas: this key signs",
                    "hint: another key signs after waiaas key rotate; if this one has leaked, after waiaas key rotate --compromised"))
    }
}
