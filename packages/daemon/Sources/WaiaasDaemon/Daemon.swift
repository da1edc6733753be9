import Synchronization
import WaiaasCore
import WaiaasHTTP
import WaiaasInstance
import WaiaasStorageSQLite

/// The daemon, from the lock to its release. Read this file first, then `Routing/Router.swift`.
///
/// Start: lock → storage → secrets → HTTP → workers → PID file → ready. Stop is the other way round (design 2.8); the lock is taken and
/// released by `LocalDataDirectory`, which calls this. How the parts are made stands in `Opening.swift`.
final class Daemon: Sendable {
    /// Who this daemon is, and where it listens.
    let holder: InstanceHolder

    private let opening: Opening
    /// The file that was opened: another one in its place would lose what is acknowledged.
    private let database: DataDirectory.DatabaseIdentity?
    private let ticker = Ticker()
    /// READY is the first that a service manager hears: no tick is told before it.
    private let isReady = Atomic<Bool>(false)
    /// The fault of the store that was logged last.
    private let loggedFault = Mutex<StoreError?>(nil)
    /// Nil once the daemon has stopped: with the parts go the last references to the secrets, which wipes them.
    private let parts: Mutex<Parts?>

    /// Everything behind the doors, and the doors.
    struct Parts: Sendable {
        let rooms: Rooms
        let network: HTTPServer
        let operatorDoor: HTTPServer
    }

    /// What the doors open on.
    struct Rooms: Sendable {
        let store: any Store
        let services: Services
        let door: RequestDoor
        let gate: Gatekeeper
        let signer: CheckpointSigner
        let refusals: RefusalRecorder
        let workers: Workers
        /// Where requests lead, and where they are counted.
        let routes: RouteTable
        /// A secret that the load left out because its clock could not be trusted; its end is recorded at once.
        let droppedAtLoad: KeyID?
        /// What hears of other daemons; nil for one that stands alone.
        let sharing: Opening.Sharing?
    }

    /// Starts the daemon; when it returns, requests are answered.
    init(_ opening: Opening) async throws {
        self.opening = opening
        let steps = opening.deadlines
        let store = try await steps.run("opening the database", within: .seconds(60)) { try opening.openStore() }
        database = opening.directory.databaseIdentity()
        let parts: Parts
        do {
            parts = try await Self.parts(opening, over: store)
        } catch {
            // The error that stopped the start is the one to tell; closing is best effort here.
            try? store.close()
            throw error
        }
        holder = opening.holder.listening(at: parts.network.address ?? "")
        self.parts = Mutex(parts)
        do {
            try await steps.run("starting the workers", within: .seconds(10)) {
                try await parts.rooms.services.instance.recordStart()
                try ProcessIdentityFile(path: opening.directory.processFile).write(holder)
            }
            guard ticker.start({ [weak self] in self?.tick() }) else { throw DaemonError.noThread }
        } catch {
            await stop()
            throw error
        }
        opening.notifier.ready(at: holder.address ?? "")
        isReady.store(true, ordering: .releasing)
        opening.log.info(
            "ready",
            ["address": LogValue(holder.address ?? ""), "pid": LogValue(holder.pid), "version": LogValue(ProductVersion.current)])
    }

    /// Secrets, rooms, doors. The doors open last: what a stop in between left to do is done before anybody can ask.
    private static func parts(_ opening: Opening, over store: SQLiteStore) async throws -> Parts {
        let steps = opening.deadlines
        let opened = try await opening.unlock(store)
        let sharing = try await steps.run("following the shared state", within: .seconds(60)) {
            try await opening.share(store, opened.key)
        }
        // What was repeated may hold a password that was changed elsewhere.
        let master = sharing == nil ? opened : Unlocked(wrapped: try await store.read { try Unlocked.wrapping(in: $0) }, key: opened.key)
        let address = LateAddress()
        let rooms = try await steps.run("loading secrets and sessions", within: .seconds(60)) {
            let rooms = try await opening.rooms(store: store, master: master, address: address, sharing: sharing)
            try await rooms.services.secrets.purgeEndedSecret(loadedWithout: rooms.droppedAtLoad)
            return rooms
        }
        let parts = try await steps.run("listening", within: .seconds(5)) { try opening.listen(rooms) }
        let bound = parts.network.address ?? ""
        address.set(bound)
        try sharing?.state.listen(for: store)
        try opening.lock.recordAddress(bound)
        return parts
    }

    /// What lies behind the doors; nil once the daemon has stopped.
    var rooms: Rooms? { parts.withLock { $0?.rooms } }

    /// Once a second: is the directory still ours, and what is due?
    private func tick() {
        guard let rooms else { return }
        guard opening.lock.stillHeld() else { return leave("daemon.lock was replaced: another daemon may own this directory") }
        if rooms.store.fault == .foreignWriter { return leave("another process wrote to the database") }
        guard opening.directory.databaseIdentity() == database else {
            return leave("waiaas.db was replaced: what is written now would be lost")
        }
        logNewFault(rooms.store.fault)
        if isReady.load(ordering: .acquiring) { opening.notifier.keepAlive() }
        rooms.workers.tick()
    }

    /// Says once that writing has stopped: who watches the log learns it before a client does.
    private func logNewFault(_ fault: StoreError?) {
        let isNew = loggedFault.withLock { logged in
            defer { logged = fault }
            return logged != fault
        }
        guard isNew, let fault else { return }
        opening.log.error(
            "writing has stopped; verification and reading go on",
            [
                "reason": LogValue(error: fault),
                "hint": LogValue(fault.isPassing ? "it goes on as soon as Redis answers" : "check the disk, then restart the daemon"),
            ])
    }

    /// Ends the process at once, writing nothing: what is on the disk may be somebody else's now.
    private func leave(_ reason: String) {
        opening.log.error("leaving at once", ["reason": LogValue(reason)])
        ProcessEnd.now(.failure)
    }

    /// Reads the configuration again (SIGHUP). What came of it is in the log; a fault changes nothing.
    func reload() async {
        // The service has logged why; there is nobody else to tell.
        _ = try? await rooms?.services.configuration.reload(by: .system, requestID: nil)
    }

    /// Stops, in the order of design 2.8: doors, requests under way, workers, secrets, database. Lock and PID file follow in the caller.
    func stop() async {
        guard let store = await endWork() else { return }
        do {
            try store.close()
        } catch {
            opening.log.error("the database could not be closed", ["error": LogValue(error: error)])
        }
        opening.log.info("stopped", ["pid": LogValue(opening.holder.pid)])
    }

    /// Everything up to the secrets: the parts live in `parts` and in this call alone, so when it returns they are gone and wiped.
    private func endWork() async -> (any Store)? {
        guard let parts = parts.withLock({ $0 }) else { return nil }
        opening.log.info("stopping", ["pid": LogValue(opening.holder.pid)])
        opening.notifier.stopping()
        await closeDoors(parts)
        ticker.stop()
        await parts.rooms.workers.finish()
        await writeLastRecords(parts.rooms)
        parts.rooms.sharing?.state.stop()
        self.parts.withLock { $0 = nil }
        return parts.rooms.store
    }

    private func closeDoors(_ parts: Parts) async {
        let limit = opening.live.current.shutdownTimeout
        parts.rooms.door.close()
        parts.network.stopAccepting()
        parts.operatorDoor.stopAccepting()
        parts.rooms.services.streams.hub.close()
        async let outside = parts.network.drain(for: limit)
        async let inside = parts.operatorDoor.drain(for: limit)
        let unfinished = await outside + inside
        if unfinished > 0 { opening.log.warn("requests were cut off", ["count": LogValue(unfinished)]) }
        parts.network.stop()
        parts.operatorDoor.stop()
    }

    private func writeLastRecords(_ rooms: Rooms) async {
        do {
            try await rooms.refusals.record(all: true)
            try await rooms.services.instance.recordStop()
            try await rooms.signer.signLast(in: rooms.store)
        } catch {
            opening.log.error("the last records could not be written", ["error": LogValue(error: error)])
        }
    }
}
