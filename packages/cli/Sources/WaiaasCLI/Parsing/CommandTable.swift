/// Every command, in the order of the help.
enum CommandTable {
    static let all: [Command] = [
        .initialise,
        .start,
        .stop,
        .status,
        .reload,
        .configShow,
        .configCheck,
        .agentCreate,
        .agentList,
        .agentShow,
        .agentSuspend,
        .agentResume,
        .sessionCreate,
        .sessionList,
        .sessionShow,
        .sessionRenew,
        .sessionRevoke,
        .secretRotate,
        .secretStatus,
        .secretReset,
        .auditList,
        .auditVerify,
        .version,
    ]
}
