/// Names one run of a daemon; made afresh at every start.
public enum DaemonRun {}

/// The id of one run of a daemon, as in `daemon.lock`, `daemon.pid` and `/health`: it tells a process from another that got its PID.
public typealias InstanceID = Identifier<DaemonRun>
