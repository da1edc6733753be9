import Testing
import WaiaasCore
import WaiaasTestSupport

private let mine = InstanceID(high: 1, low: 1)
private let other = InstanceID(high: 2, low: 2)
private let unbound = InstanceHolder(pid: 1, startedAt: nil, instanceID: mine)
private let bound = unbound.listening(at: "127.0.0.1:3100")
private let nameless = InstanceHolder(pid: 1, startedAt: nil, instanceID: nil, address: "127.0.0.1:3100")

@Suite struct InstanceStateTests {
    @Test(arguments: [
        (LockProbeResult.absent, HealthAnswer.notAsked, InstanceState.stopped),
        (.free, .notAsked, .stopped),
        (.free, .answered(instanceID: mine, isHealthy: true), .stopped),
        (.held(nil), .notAsked, .starting),
        (.held(unbound), .notAsked, .starting),
        (.held(bound), .noAnswer, .unhealthy),
        (.held(bound), .notAsked, .unhealthy),
        (.held(bound), .answered(instanceID: mine, isHealthy: true), .running),
        (.held(bound), .answered(instanceID: mine, isHealthy: false), .unhealthy),
        (.held(bound), .answered(instanceID: other, isHealthy: true), .unhealthy),
        (.held(bound), .answered(instanceID: nil, isHealthy: true), .unhealthy),
        (.held(nameless), .answered(instanceID: nil, isHealthy: true), .unhealthy),
    ])
    func `the lock decides, then the address, then the answer of the very same run`(
        probe: LockProbeResult, health: HealthAnswer, state: InstanceState
    ) {
        #expect(InstanceState(probe: probe, health: health) == state)
    }

    @Test func `exit codes are those of the manual`() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
        #expect(LocalInstanceError.lock(.held(by: bound)).exitCode == .alreadyRunning)
        #expect(LocalInstanceError.directory(.notInitialised(path: "/x")).exitCode == .notAvailable)
        #expect(LocalInstanceError.wrongPassword.exitCode == .wrongPassword)
        #expect(LocalInstanceError.timeout(step: "drain").exitCode == .timeout)
        #expect(LocalInstanceError.lock(.unstable(path: "/x")).exitCode == .failure)
    }

    @Test func `the refusal names the holder (OPS-01)`() {
        #expect(InstanceLockError.held(by: bound).description == "already running: process 1, at 127.0.0.1:3100")
        #expect(InstanceLockError.held(by: nil).description == "already running")
    }
}
