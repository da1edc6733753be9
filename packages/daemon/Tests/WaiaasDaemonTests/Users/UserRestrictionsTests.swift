import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite struct UserRestrictionsTests {
    let clock = ManualClock(wall: WallTime(milliseconds: 1_800_000_000_500))
    let chance = SeededRandomness(seed: 5).randomness
    let longest = UserTokenLimits.longestLife + SessionLimits.leeway

    private func token(at time: WallTime, family: FamilyID? = nil) -> UserToken {
        UserToken(
            issuer: "i", audience: "a", subject: "ada", client: nil, id: Identifier(at: time, randomness: chance), family: family,
            issuedAt: time.wholeSecond, expiresAt: time.wholeSecond + .seconds(900))
    }

    private func user(_ status: UserStatus = .active, notBefore: WallTime?) throws -> User {
        User(
            id: try #require(UserID("ada")), passwordHash: "", status: status, tokensNotBefore: notBefore, createdAt: clock.now.wall,
            updatedAt: clock.now.wall)
    }

    @Test func `of two tokens of one second the milliseconds tell which came before a change`() throws {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        let change = clock.now.wall
        let user = try user(notBefore: change)
        restrictions.set(user)
        for (offset, refuses) in [(-500, true), (-1, true), (0, false), (1, false), (499, false)] {
            let token = token(at: change + .milliseconds(offset))
            #expect(token.issuedAt == change.wholeSecond)
            #expect(restrictions.refuses(token, of: user.id) == refuses, "\(offset)")
        }
        #expect(!restrictions.refuses(token(at: change - .seconds(60)), of: UserID("eve")))
        #expect(!restrictions.refuses(token(at: change - .seconds(60)), of: nil))
    }

    @Test func `a disabled user has no good token; one who is let in again has those issued since`() throws {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        let start = clock.now.wall
        restrictions.set(try user(.disabled(since: start), notBefore: start))
        let id = try user(notBefore: nil).id
        #expect(restrictions.refuses(token(at: start + .seconds(10)), of: id))
        restrictions.set(try user(notBefore: start + .seconds(20)))
        #expect(restrictions.refuses(token(at: start + .seconds(10)), of: id))
        #expect(!restrictions.refuses(token(at: start + .seconds(20)), of: id))
    }

    @Test func `what no token can meet any more is forgotten, a disabled user never`() throws {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        let (start, family) = (clock.now.wall, FamilyID(at: clock.now.wall, randomness: chance))
        let disabled = User(
            id: try #require(UserID("eve")), passwordHash: "", status: .disabled(since: start), tokensNotBefore: start, createdAt: start,
            updatedAt: start)
        restrictions.set(try user(notBefore: start))
        restrictions.set(disabled)
        restrictions.revoke([family: start + .seconds(900)])
        #expect(restrictions.count == 3)
        clock.advance(by: .seconds(905))
        restrictions.sweep()
        #expect(restrictions.refuses(token(at: start, family: family), of: nil))
        clock.advance(by: .milliseconds(1))
        restrictions.sweep()
        #expect(restrictions.count == 2)
        clock.advance(by: longest - .seconds(905))
        restrictions.sweep()
        #expect(restrictions.count == 1)
        clock.advance(by: .seconds(100_000_000))
        restrictions.sweep()
        #expect(restrictions.refuses(token(at: clock.now.wall), of: disabled.id))
    }

    @Test func `a wall clock that jumps ahead and is set right brings nothing back to life`() throws {
        let start = clock.now.wall
        let family = FamilyID(at: start, randomness: chance)
        let user = try user(notBefore: start)
        let loaded = UserRestrictions(users: [user.id: .notBefore(start)], families: [family: start + .seconds(900)], clocks: clock.clocks)
        let live = UserRestrictions(clocks: clock.clocks)
        live.set(user)
        live.revoke([family: start + .seconds(900)])
        for restrictions in [loaded, live] {
            clock.jumpWall(by: .seconds(10_000_000))
            restrictions.sweep()
            clock.jumpWall(by: .seconds(-10_000_000))
            #expect(restrictions.refuses(token(at: start, family: family), of: nil))
            #expect(restrictions.refuses(token(at: start - .milliseconds(1)), of: user.id))
        }
        clock.advance(by: longest + .milliseconds(1))
        for restrictions in [loaded, live] {
            restrictions.sweep()
            #expect(restrictions.count == 0)
        }
    }

    @Test func `a wall clock that falls back keeps what its tokens could still meet`() throws {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        let (start, family) = (clock.now.wall, FamilyID(at: clock.now.wall, randomness: chance))
        restrictions.revoke([family: start + .seconds(900)])
        clock.jumpWall(by: .seconds(-86_400))
        clock.advance(by: .seconds(2_000))
        restrictions.sweep()
        #expect(restrictions.refuses(token(at: start, family: family), of: nil))
    }

    @Test func `a later revocation of the same login never shortens what is remembered`() throws {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        let (start, family) = (clock.now.wall, FamilyID(at: clock.now.wall, randomness: chance))
        restrictions.revoke([family: start + .seconds(900)])
        restrictions.revoke([family: start + .seconds(60)])
        clock.advance(by: .seconds(800))
        restrictions.sweep()
        #expect(restrictions.refuses(token(at: start, family: family), of: nil))
    }

    @Test func `a login whose last token has ended needs no entry, one whose token lives has one`() {
        let restrictions = UserRestrictions(clocks: clock.clocks)
        clock.advance(by: .seconds(10_000))
        let now = clock.now.wall
        for offset in [-9_000, -6, -4, 60] {
            restrictions.revoke([FamilyID(at: now, randomness: chance): now + .seconds(Int64(offset))])
        }
        #expect(restrictions.count == 2)
    }

    @Test func `REF-12: what is revoked while the clock is ahead, or was at the start, stays revoked when it is set right`() {
        let start = clock.now.wall
        let (before, young) = (FamilyID(at: start, randomness: chance), FamilyID(at: start + .seconds(2), randomness: chance))
        clock.advance(by: .seconds(1))
        // The process began while the clock was a month ahead.
        clock.jumpWall(by: .seconds(30 * 86_400))
        let late = UserRestrictions(clocks: clock.clocks)
        late.revoke([before: start + .seconds(900)])
        // And one that met the jump while it ran.
        clock.jumpWall(by: .seconds(-30 * 86_400))
        let running = UserRestrictions(clocks: clock.clocks)
        clock.advance(by: .seconds(1))
        clock.jumpWall(by: .seconds(30 * 86_400))
        running.revoke([young: start + .seconds(900)])
        clock.advance(by: .seconds(60))
        for restrictions in [late, running] { restrictions.sweep() }
        clock.jumpWall(by: .seconds(-30 * 86_400))
        #expect(late.refuses(token(at: start, family: before), of: nil))
        #expect(running.refuses(token(at: start, family: young), of: nil))
        clock.advance(by: longest + .seconds(1))
        for restrictions in [late, running] {
            restrictions.sweep()
            #expect(restrictions.count == 0)
        }
    }
}
