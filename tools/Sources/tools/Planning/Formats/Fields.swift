import PlanningText

/// The fields of each kind of artifact in each dialect: one table for each.
enum Fields {
    /// The fields at the start of an artifact; nil for a kind that has none.
    static func fields(of kind: PlanningFile.Kind, in dialect: Dialect) -> [Field]? {
        switch (kind, dialect) {
        case (.plan, .seed001): plan(mustHaves, setup: Field("user_setup", userSetup))
        case (.plan, .seed000):
            plan(goalBackward, setup: Field("user_setup", userSetup, isOptional: true))
                + [Field("requirements", .list(.text), isOptional: true)]
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

    private static let phase = Field("phase", .shape(PlanningFile.phaseForm.fits, "the number of a phase"))
    private static let plan = Field("plan", .shape({ Int($0) ?? 0 > 0 && $0.first?.isNumber == true }, "the number of a plan"))
    private static let arrow = Form(#/(?s).*\S -> \S.*/#)
    private static let score = Form(#/\d+\/\d+ must-haves verified/#)

    private static func plan(_ mustHaves: [Field], setup: Field) -> [Field] {
        [
            phase, plan, Field("type", .oneOf(["execute", "tdd"])), Field("wave", .number(1...99)),
            Field("depends_on", .list(.shape({ PlanID($0) != nil }, "the name of a plan, such as 2-2-PLAN"))),
            Field("files_modified", .list(.path, atLeast: 1)), Field("autonomous", .flag), setup,
            Field("must_haves", .mapping(mustHaves)), Field("evidence", evidence, isOptional: true),
        ]
    }

    private static let userSetup = FieldForm.list(
        .either(.text, .mapping(Field.texts("service", "why") + Field.optional("env_vars", "dashboard_config", "local_dev"))))

    private static let evidence = FieldForm.list(
        .mapping([
            Field("truth", .text),
            Field("test", .shape({ TestName($0) != nil }, "the name of a test, such as LockTests/fifty starts, one winner")),
        ]), atLeast: 1)

    private static let mustHaves = [
        Field("observable_truths", .list(.text, atLeast: 1)), Field("required_artifacts", .list(.path, atLeast: 1)),
        Field("required_wiring", .list(.shape(arrow.fits, "of the form: from -> to"))),
    ]

    private static let goalBackward = [
        Field("truths", .list(.text, atLeast: 1)),
        Field(
            "artifacts",
            .list(
                .mapping([
                    Field("path", .path), Field("provides", .text), Field("contains", .text, isOptional: true),
                    Field("min_lines", .number(1...100_000), isOptional: true),
                    Field("exports", .list(.text, atLeast: 1), isOptional: true),
                ]), atLeast: 1)),
        Field("key_links", .list(.mapping(Field.texts("from", "to", "via") + [Field("pattern", .text, isOptional: true)]))),
    ]

    private static let summary =
        [phase, plan, Field("subsystem", .text), Field("key_files", .list(.either(.notedPath, .path), atLeast: 1))]
        + ["tags", "requires", "provides", "affects", "tech_stack", "decisions"].map { Field($0, .list(.text)) } + [
            Field(
                "metrics",
                .mapping([
                    Field("tasks_completed", .number(0...99)), Field("tasks_total", .number(1...99)), Field("deviations", .number(0...99)),
                    Field("execution_time", .text), Field("context_usage", .text, isOptional: true),
                ]))
        ]

    private static let summaryWithDuration =
        [phase, plan, Field("subsystem", .text), Field("tags", .list(.text)), Field("duration", .text), Field("completed", .time)]
        + Field.optional("requires", "provides", "affects", "tech-stack", "key-files", "key-decisions")
        + Field.optional("patterns-established", "requirements-completed")

    private static let verification = [
        phase, Field("status", .oneOf(["PASS", "GAPS_FOUND"])), Field("verified_at", .time), Field("verified_by", .text),
    ]
    private static let verificationWithScore =
        [
            phase, Field("verified", .time), Field("status", .oneOf(["passed", "gaps_found", "human_needed"])),
            Field("score", .shape(score.fits, "a count such as 5/5 must-haves verified")),
            Field("verified_by", .text, isOptional: true),
        ] + Field.optional("gaps", "human_verification", "re_verification", "overrides", "deferred")

    private static let uat = [
        phase, Field("tested_by", .text), Field("tested_at", .time), Field("status", .oneOf(["PASS", "ISSUES_FOUND"])),
    ]
    private static let uatWithSource = [
        phase, Field("status", .oneOf(["testing", "partial", "complete", "diagnosed"])), Field("source", .list(.text)),
        Field("started", .time), Field("updated", .time),
    ]

    private static let config =
        [
            Field("mode", .oneOf(["interactive", "yolo"])), Field("granularity", .text, isOptional: true),
            Field("dialect", .oneOf([Dialect.seed001.rawValue, Dialect.seed000.rawValue]), isOptional: true),
            Field("git", .mapping([Field("commit_subject", .text), Field("types", .list(.text, atLeast: 1))]), isOptional: true),
        ] + Field.optional("workflow", "planning", "parallelization")
}
