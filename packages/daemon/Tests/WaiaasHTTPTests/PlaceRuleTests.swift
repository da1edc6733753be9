import Testing

@testable import WaiaasHTTP

@Suite("whose place is given up") struct PlaceRuleTests {
    @Test(arguments: [
        (4_096, 75, Places(count: 4_096, networkPercent: 75), 3_072, 3_072, 64), (4, 75, Places(count: 4, networkPercent: 75), 3, 3, 1),
        (1, 75, Places(count: 1, networkPercent: 75), 1, 0, 1), (10, 0, Places(count: 10, networkPercent: 0), 1, 7, 1),
        (10, 900, Places(count: 10, networkPercent: 900), 10, 7, 1),
        (Int.max, 100, Places(count: .max, networkPercent: 100), Int.max, Int.max / 100 * 75 + 5, Int.max / 64),
    ])
    func `places are shared out by percent, and every network may have one`(
        count: Int, percent: Int, places: Places, perNetwork: Int, crowdedFrom: Int, batch: Int
    ) {
        #expect(places.count == count)
        #expect(places.perNetwork == perNetwork)
        #expect(places.crowdedFrom == crowdedFrom)
        #expect(places.batch == batch)
    }

    /// The order as the last digits of the descriptors.
    private func order(_ idle: [(descriptor: Int32, network: UInt32, since: UInt64)], held: [UInt32: Int]) -> [Int32] {
        let places = idle.map { IdlePlace(descriptor: $0.descriptor, network: .four($0.network), idleSince: $0.since) }
        let held = Dictionary(uniqueKeysWithValues: held.map { (ClientNetwork.four($0.key), $0.value) })
        return IdlePlace.inOrderOfLeaving(places, held: held).map(\.descriptor)
    }

    @Test func `of one network the longest idle goes first`() {
        #expect(order([(1, 7, 30), (2, 7, 10), (3, 7, 20)], held: [7: 3]) == [2, 3, 1])
    }

    @Test func `a network gives up places until it holds no more than the next`() {
        // Network 7 holds four and 8 holds two: two of 7 go, then each in turn, the longer idle first.
        let idle: [(Int32, UInt32, UInt64)] = [(1, 7, 50), (2, 7, 60), (3, 7, 70), (4, 7, 80), (5, 8, 10), (6, 8, 90)]
        #expect(order(idle, held: [7: 4, 8: 2]) == [1, 2, 5, 3, 4, 6])
    }

    @Test func `connections in a request count for what a network holds`() {
        #expect(order([(1, 7, 10), (2, 8, 20)], held: [7: 1, 8: 5]) == [2, 1])
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("2001:db8::1", "2001:db8:0:0:ffff:ffff:ffff:ffff", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ("::1", "::2", true), ("::1", "0.0.0.1", false),
    ])
    func `one network is an IPv4 address or the first half of an IPv6 one`(one: String, other: String, isSame: Bool) throws {
        let first = try #require(SocketAddress(address: one, port: 1)?.network)
        let second = try #require(SocketAddress(address: other, port: 2)?.network)
        #expect((first == second) == isSame)
    }
}
