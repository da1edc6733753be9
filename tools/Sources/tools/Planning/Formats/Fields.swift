/// The fields of each kind of artifact in each dialect: one table for each.
enum Fields {
    /// The fields at the start of an artifact; nil for a kind that has none.
    static func fields(of kind: PlanningFile.Kind, in dialect: Dialect) -> [Field]? {
        switch (kind, dialect) {
        case (.plan, .seed001): plan(mustHaves)
        case (.plan, .seed000): plan(goalBackward) + [Field(name: "requirements", form: .list(.text), isOptional: true)]
        case (.summary, .seed001): summary
        case (.summary, .seed000): summaryWithDuration
        case (.verification, .seed001): verification
        case (.verification, .seed000): verificationWithScore
        case (.uat, .seed001): uat
        case (.uat, .seed000): uatWithSource
        case (.config, _): config
        default: nil
        }
    }

    private static let phase = Field(
        name: "phase", form: .shape({ $0.contains(#/^\d+[A-Z]?(\.\d+)*(-[a-z0-9-]+)?$/#) }, "the number of a phase"))
    private static let plan = Field(name: "plan", form: .shape({ $0.contains(#/^\d+$/#) && Int($0) ?? 0 > 0 }, "the number of a plan"))
    private static let texts = FieldForm.list(.text)

    private static func plan(_ mustHaves: [Field]) -> [Field] {
        [
            phase, plan,
            Field(name: "type", form: .oneOf(["execute", "tdd"])),
            Field(name: "wave", form: .number(1...99)),
            Field(name: "depends_on", form: .list(.shape({ PlanID($0) != nil }, "the name of a plan, such as 2-2-PLAN"))),
            Field(name: "files_modified", form: .list(.path, atLeast: 1)),
            Field(name: "autonomous", form: .flag),
            Field(name: "user_setup", form: .list(.either(.text, .mapping(setup))), isOptional: mustHaves.contains { $0.name == "truths" }),
            Field(name: "must_haves", form: .mapping(mustHaves)),
            Field(name: "evidence", form: .list(.mapping([Field(name: "truth", form: .text), test]), atLeast: 1), isOptional: true),
        ]
    }

    private static let test = Field(
        name: "test", form: .shape({ TestName($0) != nil }, "the name of a test, such as LockTests/fifty starts, one winner"))

    private static let setup =
        [Field(name: "service", form: .text), Field(name: "why", form: .text)]
        + ["env_vars", "dashboard_config", "local_dev"].map { Field(name: $0, form: .anything, isOptional: true) }

    private static let mustHaves = [
        Field(name: "observable_truths", form: .list(.text, atLeast: 1)),
        Field(name: "required_artifacts", form: .list(.path, atLeast: 1)),
        Field(name: "required_wiring", form: .list(.shape({ $0.contains(#/\S -> \S/#) }, "of the form: from -> to"))),
    ]

    private static let goalBackward = [
        Field(name: "truths", form: .list(.text, atLeast: 1)),
        Field(
            name: "artifacts",
            form: .list(
                .mapping([
                    Field(name: "path", form: .path), Field(name: "provides", form: .text),
                    Field(name: "contains", form: .text, isOptional: true),
                    Field(name: "min_lines", form: .number(1...100_000), isOptional: true),
                    Field(name: "exports", form: .list(.text, atLeast: 1), isOptional: true),
                ]), atLeast: 1)),
        Field(
            name: "key_links",
            form: .list(
                .mapping([
                    Field(name: "from", form: .text), Field(name: "to", form: .text), Field(name: "via", form: .text),
                    Field(name: "pattern", form: .text, isOptional: true),
                ]))),
    ]

    private static let summary = [
        phase, plan,
        Field(name: "subsystem", form: .text), Field(name: "tags", form: texts), Field(name: "requires", form: texts),
        Field(name: "provides", form: texts),
        Field(name: "affects", form: texts), Field(name: "tech_stack", form: texts),
        Field(name: "key_files", form: .list(.either(.notedPath, .path), atLeast: 1)), Field(name: "decisions", form: texts),
        Field(
            name: "metrics",
            form: .mapping([
                Field(name: "tasks_completed", form: .number(0...99)), Field(name: "tasks_total", form: .number(1...99)),
                Field(name: "deviations", form: .number(0...99)), Field(name: "execution_time", form: .text),
                Field(name: "context_usage", form: .text, isOptional: true),
            ])),
    ]

    private static let summaryWithDuration =
        [phase, plan, Field(name: "subsystem", form: .text), Field(name: "tags", form: texts)]
        + [Field(name: "duration", form: .text), Field(name: "completed", form: .time)]
        + ["requires", "provides", "affects", "tech-stack", "key-files", "key-decisions", "patterns-established", "requirements-completed"]
        .map {
            Field(name: $0, form: .anything, isOptional: true)
        }

    private static let verifiedBy = Field(name: "verified_by", form: .text)
    private static let verification = [
        phase, Field(name: "status", form: .oneOf(["PASS", "GAPS_FOUND"])), Field(name: "verified_at", form: .time), verifiedBy,
    ]
    private static let verificationWithScore =
        [
            phase, Field(name: "verified", form: .time), Field(name: "status", form: .oneOf(["passed", "gaps_found", "human_needed"])),
            Field(
                name: "score", form: .shape({ $0.contains(#/^\d+\/\d+ must-haves verified$/#) }, "a count such as 5/5 must-haves verified")),
            Field(name: "verified_by", form: .text, isOptional: true),
        ]
        + ["gaps", "human_verification", "re_verification", "overrides", "deferred"].map {
            Field(name: $0, form: .anything, isOptional: true)
        }

    private static let uat = [
        phase, Field(name: "tested_by", form: .text), Field(name: "tested_at", form: .time),
        Field(name: "status", form: .oneOf(["PASS", "ISSUES_FOUND"])),
    ]
    private static let uatWithSource = [
        phase, Field(name: "status", form: .oneOf(["testing", "partial", "complete", "diagnosed"])), Field(name: "source", form: texts),
        Field(name: "started", form: .time), Field(name: "updated", form: .time),
    ]

    private static let config =
        [
            Field(name: "mode", form: .oneOf(["interactive", "yolo"])),
            Field(name: "granularity", form: .text, isOptional: true),
            Field(name: "dialect", form: .oneOf([Dialect.seed001.rawValue, Dialect.seed000.rawValue]), isOptional: true),
            Field(
                name: "git",
                form: .mapping([Field(name: "commit_subject", form: .text), Field(name: "types", form: .list(.text, atLeast: 1))]),
                isOptional: true),
        ] + ["workflow", "planning", "parallelization"].map { Field(name: $0, form: .anything, isOptional: true) }
}
