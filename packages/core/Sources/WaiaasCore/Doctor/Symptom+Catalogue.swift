extension Symptom {
    /// Every symptom, in the order of the subjects. An id is never used again for something else.
    public static let all: [Symptom] = [
        .configurationInvalid, .foreignOwner, .othersHaveAccess, .unexpectedKind, .ownerLacksAccess, .networkFileSystem,
        .networkFileSystemAllowed, .lockWithoutEffect, .lockUnusable, .lockReplaced, .daemonSilent, .daemonDegraded, .daemonStarting,
        .otherVersion, .clockBeforeRelease, .clockBeforeRecords, .clockNotSynchronised, .memoryNotLockable, .memoryNotLocked,
        .swapNotEncrypted, .swapBesideLockedMemory, .coreDumpsPossible, .diskNearlyFull, .diskLow, .databaseUnusable, .databaseDamaged,
        .schemaChanged, .checkpointsDiffer, .databaseBehind, .checkpointsUnreadable, .auditNotWhole, .neverRotated, .rotationDue,
        .secretsSealed, .eventSecret, .sharedStateUnreachable, .sharedStateNotThere, .redisForgets,
    ]

    static let configurationInvalid = Symptom(
        "CONF-01", .configuration, .fault, "config.toml cannot be used as it is",
        remedy: "correct the line that is named; no daemon starts before")

    static let foreignOwner = Symptom(
        "PERM-01", .permissions, .fault, "the data directory, or something in it, belongs to another user",
        remedy: "run the command as the daemon's user; if that is what you did, chown what is named")
    static let othersHaveAccess = Symptom(
        "PERM-02", .permissions, .fault, "others than the owner have access",
        remedy: "chmod go= on what is named; if others may have read it, rotate: waiaas secret rotate --compromised")
    static let unexpectedKind = Symptom(
        "PERM-03", .permissions, .fault, "a link, or something that is no plain file, stands where a file or directory of ours belongs",
        remedy: "find out who put it there; put the file itself in its place, with one name only")
    static let ownerLacksAccess = Symptom(
        "PERM-04", .permissions, .fault, "the owner may not write where the daemon must",
        remedy: "chmod u+rwX on what is named")

    static let networkFileSystem = Symptom(
        "FS-01", .fileSystem, .fault, "the data directory lies on a network file system, where locks may not hold",
        remedy: "move it to a local disk")
    static let networkFileSystemAllowed = Symptom(
        "FS-02", .fileSystem, .warning, "the data directory lies on a network file system, which storage.allow_network_filesystem allows",
        remedy: "move it to a local disk, or be sure that flock holds between all machines that see it")

    static let lockWithoutEffect = Symptom(
        "LOCK-01", .lock, .fault, "a lock on daemon.lock keeps nobody out: two daemons could run at once",
        remedy: "move the data directory to a file system on which flock works")
    static let lockUnusable = Symptom(
        "LOCK-02", .lock, .fault, "daemon.lock cannot be used", remedy: "mend what is named; never delete the file while a daemon runs")
    static let lockReplaced = Symptom(
        "LOCK-03", .lock, .fault, "a daemon answers as the owner of this directory, but nobody holds its lock",
        remedy: "daemon.lock was deleted or replaced: the daemon ends by itself within seconds; look again, then waiaas start")

    static let daemonSilent = Symptom(
        "DAEMON-01", .daemon, .fault, "a daemon holds the lock and does not answer as itself",
        remedy: "read its log; waiaas stop, or kill -TERM the process, then waiaas start")
    static let daemonDegraded = Symptom(
        "DAEMON-02", .daemon, .fault, "the daemon has stopped writing: a write failed, and what is on the disk is not certain",
        remedy: "read its log, mend the disk, then waiaas stop and waiaas start; what it answered is kept")
    static let daemonStarting = Symptom(
        "DAEMON-03", .daemon, .warning, "a process holds the lock and does not listen yet",
        remedy: "wait; if it stays so, read its log: it may wait for a password, or be another command at work")
    static let otherVersion = Symptom(
        "DAEMON-04", .daemon, .advice, "the daemon that runs is of another version than this program",
        remedy: "restart the daemon: waiaas stop, then waiaas start")

    static let clockBeforeRelease = Symptom(
        "CLOCK-01", .clock, .fault, "the clock is earlier than this release can be", remedy: "set the clock, then look again")
    static let clockBeforeRecords = Symptom(
        "CLOCK-02", .clock, .fault, "the clock is earlier than the newest audit record: tokens issued since then are refused",
        remedy: "set the clock; if it is right and was wrong before, tokens work again once it has caught up")
    static let clockNotSynchronised = Symptom(
        "CLOCK-03", .clock, .warning, "the kernel says that nothing keeps the clock right",
        remedy: "run an NTP client (systemd-timesyncd, chrony): tokens carry wall-clock times")

    static let memoryNotLockable = Symptom(
        "MEM-01", .memory, .warning, "this process cannot lock memory as the daemon must: keys could be written to swap",
        remedy: "raise the limit where the daemon is started: ulimit -l, or LimitMEMLOCK= of the systemd unit")
    static let memoryNotLocked = Symptom(
        "MEM-02", .memory, .warning, "the daemon that runs has not locked its keys in memory",
        remedy: "raise the limit where the daemon is started (ulimit -l, LimitMEMLOCK=), then restart it")

    static let swapNotEncrypted = Symptom(
        "SWAP-01", .swap, .warning, "swap that is not known to be encrypted is in use, and keys are not locked in memory",
        remedy: "lock memory (MEM-01), encrypt the swap, or turn it off: swapoff -a")
    static let swapBesideLockedMemory = Symptom(
        "SWAP-02", .swap, .advice, "swap that is not known to be encrypted is in use: keys stay out of it, single requests may not",
        remedy: "encrypt the swap, or turn it off: swapoff -a")

    static let coreDumpsPossible = Symptom(
        "CORE-01", .coreDumps, .warning, "the daemon that runs may leave a core file, which would hold its keys",
        remedy: "start the daemon with waiaas start, which forbids them; do not raise its limit afterwards (prlimit)")

    static let diskNearlyFull = Symptom(
        "DISK-01", .disk, .fault, "a disk is nearly full: changes are about to fail with 503", remedy: "make room at once")
    static let diskLow = Symptom(
        "DISK-02", .disk, .warning, "a disk has little room left", remedy: "make room, or move the data directory to a larger disk")

    static let databaseUnusable = Symptom(
        "DB-01", .database, .fault, "the database cannot be opened", remedy: "do what the message says; else restore a backup")
    static let databaseDamaged = Symptom(
        "DB-02", .database, .fault, "the database is damaged or contradicts itself", remedy: "restore a backup; keep a copy of this one")
    static let schemaChanged = Symptom(
        "DB-03", .database, .fault, "the database's tables or triggers are not what this program made",
        remedy: "somebody changed them by hand: restore a backup, and find out what else was changed")

    static let checkpointsDiffer = Symptom(
        "AUDIT-01", .audit, .fault, "the database and audit-checkpoints.jsonl do not hold the same keys and checkpoints",
        remedy: "waiaas audit verify names what is missing where; restore what was taken away")
    static let databaseBehind = Symptom(
        "AUDIT-02", .audit, .fault, "the database is older than audit-checkpoints.jsonl: the daemon will not start with it",
        remedy: "put the newer database back; or see \"Restored snapshots undo things\" in the operations guide")
    static let checkpointsUnreadable = Symptom(
        "AUDIT-03", .audit, .fault, "audit-checkpoints.jsonl has lines that are no checkpoints",
        remedy: "compare it with the copy that you keep elsewhere")
    static let auditNotWhole = Symptom(
        "AUDIT-04", .audit, .fault, "the audit log is not whole", remedy: "waiaas audit verify names every fault")

    static let neverRotated = Symptom(
        "SECRET-01", .secrets, .advice, "the session secret is still the one of init: security.jwt_secret in config.toml signs tokens",
        remedy: "waiaas secret rotate; after its window that line is worthless")
    static let rotationDue = Symptom(
        "SECRET-02", .secrets, .advice, "the session secret has been in use for more than 90 days", remedy: "waiaas secret rotate")
    static let secretsSealed = Symptom(
        "SECRET-03", .secrets, .fault, "a stored secret cannot be opened, although the master password is right",
        remedy: "for the session secret: waiaas secret reset, and every session token dies; else restore a backup")
    static let eventSecret = Symptom(
        "SECRET-04", .secrets, .fault, "the event secret does not get where it should",
        remedy: "waiaas event status names who is missing; see \"The event secret\" in the operations guide")

    static let sharedStateUnreachable = Symptom(
        "SHARE-01", .sharing, .fault, "the Redis server cannot be reached: every change is refused, and no daemon starts",
        remedy: "start it, or correct storage.redis_url and storage.redis_password_file")
    static let sharedStateNotThere = Symptom(
        "SHARE-02", .sharing, .warning, "the Redis server holds nothing of ours, or no copy for who joins",
        remedy: "start a daemon: it gives back what it knows; a copy is made within seconds")
    static let redisForgets = Symptom(
        "SHARE-03", .sharing, .fault, "the Redis server may lose what it holds",
        remedy: "set it up as is said; storage.redis_require_durable = false starts all the same")
}
