/// How the daemon does.
public struct StatusReport: Message {
    /// The process.
    public let daemon: DaemonStatus
    /// The store.
    public let database: DatabaseStatus
    /// Sessions.
    public let sessions: SessionCounts
    /// Agents.
    public let agents: AgentTotals
    /// The event secret.
    public let events: EventHealth
    /// Periodic work.
    public let workers: [WorkerStatus]
    /// Secrets in memory.
    public let memory: MemoryStatus

    /// A report from its parts.
    public init(
        daemon: DaemonStatus, database: DatabaseStatus, sessions: SessionCounts, agents: AgentTotals, events: EventHealth,
        workers: [WorkerStatus], memory: MemoryStatus
    ) {
        self.daemon = daemon
        self.database = database
        self.sessions = sessions
        self.agents = agents
        self.events = events
        self.workers = workers
        self.memory = memory
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "How the daemon does.",
        [
            Field("daemon", \.daemon, "The process."),
            Field("database", \.database, "The store."),
            Field("sessions", \.sessions, "Sessions."),
            Field("agents", \.agents, "Agents."),
            Field("events", \.events, "The event secret."),
            Field("workers", \.workers, "Periodic work.", schema: .array(of: WorkerStatus.schema, count: 0...32)),
            Field("memory", \.memory, "Secrets in memory."),
        ])
    /// A running daemon.
    public static let example = StatusReport(
        daemon: .example, database: .example, sessions: .example, agents: .example, events: .example, workers: [.example], memory: .example)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        daemon = try object.required("daemon")
        database = try object.required("database")
        sessions = try object.required("sessions")
        agents = try object.required("agents")
        events = try object.required("events")
        workers = try object.required("workers")
        memory = try object.required("memory")
    }
}
