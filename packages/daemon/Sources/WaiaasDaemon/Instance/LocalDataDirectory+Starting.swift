public import WaiaasCore
import WaiaasCrypto
import WaiaasInstance

extension LocalDataDirectory {
    /// Runs the daemon, here or in a process of its own.
    public func start(
        _ request: StartRequest, ready: @escaping @Sendable (StartedInstance) -> Void
    ) async throws(LocalInstanceError) -> StartedInstance {
        switch request.mode {
        case .background:
            let started = try startInBackground(request)
            ready(started)
            return started
        case .foreground: return try await run(request, ready: ready)
        case .spawned:
            do throws(LocalInstanceError) {
                return try await run(request) { [parent] started in
                    parent?.ready(at: started.holder.address ?? "")
                    ready(started)
                }
            } catch {
                parent?.failed(error.exitCode, error.description, hint: error.hint)
                throw error
            }
        }
    }

    /// The daemon's whole life in this process: lock, start, wait for the word to stop, stop, release.
    private func run(
        _ request: StartRequest, ready: @escaping @Sendable (StartedInstance) -> Void
    ) async throws(LocalInstanceError) -> StartedInstance {
        try await attempt {
            let directory = try directory(of: request.selection)
            try finishRestore(of: directory, request.selection)
            let settings = try configuration(of: directory, request.selection).settings
            let configuration = Configuration(settings)
            try directory.checkFileSystem(allowingNetwork: configuration.storage.allowNetworkFilesystem)
            let live = Snapshot(LiveSettings(configuration))
            let log = Log(
                threshold: live.current.logLevel, format: configuration.daemon.logFormat, clocks: clocks, write: StandardError.write)
            let deadlines = StepDeadline(clocks: clocks) { [parent] step in
                log.error("the start took too long", ["step": LogValue(step)])
                parent?.failed(.timeout, step)
                ProcessEnd.now(.timeout)
            }
            defer { deadlines.finish() }
            var warnings = ProcessHardening.apply(descriptors: configuration.http.maxConnections + configuration.http.maxStreams + 256)
            warnings += settings.unknownVariables.map(\.description)
            let holder = newHolder()
            let lock = try acquireDaemonLock(directory, for: holder, patience: request.selection.lockPatience)
            let stopping = StopRequest()
            do {
                let daemon = try await Daemon(
                    Opening(
                        directory: directory, configuration: configuration, settings: settings, live: live, holder: holder, lock: lock,
                        password: request.password, clocks: clocks, randomness: randomness, log: log,
                        notifier: ServiceNotifier.system(), deadlines: deadlines,
                        readSettings: { () throws(LocalInstanceError) in
                            try attempt { try self.configuration(of: directory, request.selection).settings }
                        }, requestStop: { stopping.request() }))
                deadlines.finish()
                request.password.letGo()
                if !SecretBytes.canLockMemory() { warnings.append(Self.unlockedMemory) }
                for warning in warnings { log.warn("warning at start", ["reason": LogValue(warning)]) }
                let started = StartedInstance(holder: daemon.holder, dataDirectory: directory.path, warnings: warnings)
                ready(started)
                await waitForStop(of: daemon, stopping, log: log)
                await daemon.stop()
                release(lock, directory, of: daemon.holder, log: log)
                return started
            } catch {
                lock.release()
                throw error
            }
        }
    }

    /// The end of the stop: `close(lockFd)`, then the PID file, if it is still ours (seed 000).
    private func release(_ lock: any InstanceLock, _ directory: DataDirectory, of holder: InstanceHolder, log: Log) {
        lock.release()
        guard let run = holder.instanceID else { return }
        do {
            _ = try ProcessIdentityFile(path: directory.processFile).remove(ifOf: run)
        } catch {
            log.error("daemon.pid could not be removed", ["error": LogValue(error: error)])
        }
    }

    /// Returns at the first word to stop; a second one ends the process at once. Until then the word to reload is obeyed.
    private func waitForStop(of daemon: Daemon, _ stopping: StopRequest, log: Log) async {
        if let signals {
            // One reload at a time, and one more for all words that came meanwhile: it reads what is there then.
            let (reloads, reload) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            Task { for await _ in reloads { await daemon.reload() } }
            Task {
                var isSecond = false
                for await signal in signals.signals {
                    switch signal {
                    case .stop:
                        stopping.request()
                        defer { isSecond = true }
                        guard isSecond else { continue }
                        log.warn("stopped a second time: leaving at once")
                        ProcessEnd.now(.failure)
                    case .reload: reload.yield()
                    }
                }
            }
        }
        await stopping.wait()
    }

    private func startInBackground(_ request: StartRequest) throws(LocalInstanceError) -> StartedInstance {
        try attempt {
            let directory = try directory(of: request.selection)
            try finishRestore(of: directory, request.selection)
            _ = try configuration(of: directory, request.selection)
            try refuseIfHeld(directory, request.selection)
            let password = try request.password.withPassword { try SecretBytes(copying: $0) }
            let arguments = BackgroundArguments.spawning(from: arguments, dataDirectory: directory.path)
            let outcome = try BackgroundStart(clocks: clocks).run(
                arguments: arguments, password: password, log: directory.log, deadline: .seconds(180) + request.selection.lockPatience)
            switch outcome {
            case .ready(let process, let address):
                let found = try LockProbe.probe(directory.lockFile).holder
                let holder = found ?? InstanceHolder(pid: process, startedAt: nil, instanceID: nil, address: address)
                return StartedInstance(holder: holder, dataDirectory: directory.path, warnings: [])
            case .failed(.alreadyRunning, _, _): throw LocalInstanceError.lock(.held(by: try LockProbe.probe(directory.lockFile).holder))
            case .failed(.wrongPassword, _, _): throw LocalInstanceError.wrongPassword
            case .failed(.timeout, let message, _): throw LocalInstanceError.timeout(step: message)
            case .failed(_, let message, let hint): throw LocalInstanceError.failed(message, hint: hint)
            case .died(let code):
                let how = code.map { "with exit code \($0)" } ?? "by a signal"
                throw LocalInstanceError.failed("the daemon ended \(how) before it was ready", hint: "\(directory.log) may say why")
            case .timedOut: throw LocalInstanceError.timeout(step: "starting the daemon")
            }
        }
    }

    /// A start that the lock refuses asks nobody for a password.
    private func refuseIfHeld(_ directory: DataDirectory, _ selection: InstanceSelection) throws(InstanceLockError) {
        guard selection.lockPatience == .zero else { return }
        let end = clocks.now.continuous + InstanceLockTiming.probeGrace
        while case .held(let holder) = try LockProbe.probe(directory.lockFile) {
            guard clocks.now.continuous < end else { throw .held(by: holder) }
            ThreadPause.sleep(InstanceLockTiming.pause)
        }
    }
}
