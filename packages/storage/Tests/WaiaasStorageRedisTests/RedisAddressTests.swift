import Testing

@testable import WaiaasStorageRedis

@Suite struct RedisAddressTests {
    @Test func `a socket and a host are read with database and user`() {
        #expect(RedisAddress("unix:///run/redis.sock")?.place == .socket(path: "/run/redis.sock"))
        #expect(RedisAddress("unix:///run/redis.sock?db=3")?.database == 3)
        #expect(RedisAddress("redis://10.0.0.1")?.place == .tcp(host: "10.0.0.1", port: 6_379))
        #expect(RedisAddress("redis://waiaas@cache.example:6380/2")?.user == "waiaas")
        #expect(RedisAddress("redis://waiaas@cache.example:6380/2")?.database == 2)
        #expect(RedisAddress("redis://[::1]:6380")?.place == .tcp(host: "::1", port: 6_380))
        #expect(RedisAddress("redis://[::1]:6380")?.description == "[::1]:6380")
    }

    @Test(arguments: [
        "", "redis", "redis://", "redis:///1", "rediss://host", "http://host", "unix://relative", "unix:///a?x=1", "unix:///a?db=-1",
        "redis://host:0", "redis://host:65536", "redis://host:x", "redis://host/x", "redis://user:secret@host", "redis://@host",
        "unix://user:secret@/run/a", "unix:///" + String(repeating: "a", count: 108), "redis://[::1", "redis://[::1]x",
    ])
    func `anything else is refused, and a password most of all`(url: String) {
        #expect(RedisAddress(url) == nil)
    }
}
