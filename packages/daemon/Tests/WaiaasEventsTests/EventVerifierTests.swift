import Glibc
import Synchronization
import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasEvents

/// A service's reader of a file: whole sets are taken, everything else changes nothing.
struct EventVerifierTests {
    let clock = ManualClock()
    let file: String
    let body = Array("event".utf8)

    init() throws {
        var template = Array("/tmp/waiaas-events-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        try #require(made)
        file = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) + "/keys"
    }

    private func write(_ bytes: [UInt8]) throws {
        let file = try #require(fopen(file + ".new", "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        #expect(rename(self.file + ".new", self.file) == 0)
    }

    private func rotated(_ ring: EventRing) throws -> (staged: EventRing, promoted: EventRing) {
        let fresh = try EventSecret.generate()
        let staged = try ring.staging(fresh.kid, material: fresh, at: clock.now, for: .zero)
        return (staged, try staged.promoted(at: clock.now, overlap: .seconds(60)) { $0 })
    }

    @Test func `a staged key is taken without signing, a promoted one signs, and each reload is told with both kids`() async throws {
        let ring = try EventSignatureTests.ring()
        let (staged, promoted) = try rotated(ring)
        try write(EventDocument(ring, rotation: nil).encoded())
        let lines = Mutex<[String]>([])
        let verifier = try await EventVerifier(.file(path: file), clocks: clock.clocks) { line in lines.withLock { $0.append(line) } }
        try write(EventDocument(staged, rotation: "r").encoded())
        try await verifier.reload()
        #expect(verifier.signingKid == ring.active.kid && verifier.loaded == [ring.active.kid, promoted.active.kid])
        try write(EventDocument(promoted, rotation: "r").encoded())
        try await verifier.reload()
        #expect(verifier.signingKid == promoted.active.kid)
        #expect(
            lines.withLock { $0.last } == "Reloaded spiral event secret oldKid=\(ring.active.kid) newKid=\(promoted.active.kid)")
        #expect(await verifier.verifyLegacy(body, signature: ring.signLegacy(body)).isValid)
        clock.advance(by: .milliseconds(60_001))
        // Nobody wrote the file again: the window ends all the same.
        #expect(await verifier.verifyLegacy(body, signature: ring.signLegacy(body)) == .refused(.signature))
    }

    @Test func `setting the wall clock back does not lengthen a window that is under way`() async throws {
        let ring = try EventSignatureTests.ring()
        let promoted = try rotated(ring).promoted
        try write(EventDocument(promoted, rotation: "r").encoded())
        let verifier = try await EventVerifier(.file(path: file), clocks: clock.clocks)
        clock.advance(by: .seconds(50))
        clock.jumpWall(by: .seconds(-40))
        try await verifier.reload()
        clock.advance(by: .seconds(11))
        #expect(await verifier.verifyLegacy(body, signature: ring.signLegacy(body)) == .refused(.signature))
    }

    @Test(arguments: ["", "{", "short", #"{"v":1,"keys":[]}"#])
    func `what is half written, empty or short changes nothing, and is told once`(text: String) async throws {
        let ring = try EventSignatureTests.ring()
        try write(EventDocument(ring, rotation: nil).encoded())
        let verifier = try await EventVerifier(.file(path: file), clocks: clock.clocks)
        try write(Array(text.utf8))
        await #expect(throws: (any Error).self) { try await verifier.reload() }
        #expect(verifier.loaded == [ring.active.kid])
        #expect(await verifier.verifyLegacy(body, signature: ring.signLegacy(body)).isValid)
        await #expect(throws: (any Error).self) { _ = try await EventVerifier(.file(path: file), clocks: clock.clocks) }
    }

    @Test func `when a signature fits no key the source is asked once more, at most once a second`() async throws {
        let ring = try EventSignatureTests.ring()
        try write(EventDocument(ring, rotation: nil).encoded())
        let verifier = try await EventVerifier(.file(path: file), clocks: clock.clocks)
        let promoted = try rotated(ring).promoted
        try write(EventDocument(promoted, rotation: "r").encoded())
        #expect(await verifier.verifyLegacy(body, signature: promoted.signLegacy(body)).isValid)
        let later = try rotated(promoted).promoted
        try write(EventDocument(later, rotation: "r").encoded())
        #expect(await verifier.verifyLegacy(body, signature: later.signLegacy(body)) == .refused(.signature))
        clock.advance(by: .seconds(1))
        #expect(await verifier.verifyLegacy(body, signature: later.signLegacy(body)).isValid)
    }
}
