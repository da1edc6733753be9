import PlanningText

/// A text with where it stands.
struct Placed: Hashable {
    let text: String
    let place: TextPlace

    init?(_ node: YAMLNode?) {
        guard let node, let text = node.text else { return nil }
        self.text = text
        place = node.place
    }
}

/// What a plan promises and needs, whichever dialect it is written in.
struct Plan {
    /// Something that must be there.
    struct Artifact {
        let path: Placed
        var contains: String?
        var minLines: Int?
        var exports: [String] = []
    }

    /// Two ends that must be joined.
    struct Link {
        let from: String
        let to: String
        var pattern: Placed?
        let place: TextPlace
    }

    /// A truth with the test that shows it.
    struct Evidence {
        let truth: Placed
        let test: TestName
        let place: TextPlace
    }

    /// What it is written in.
    let document: Document
    let id: PlanID
    let wave: Int
    let dependsOn: [Placed]
    let filesModified: [Placed]
    let isAutonomous: Bool
    let truths: [Placed]
    let artifacts: [Artifact]
    let links: [Link]
    let evidence: [Evidence]

    /// Takes the values out of a plan's fields. What does not fit is left out: the lint names it.
    init?(_ document: Document) {
        guard document.file.kind == .plan, let id = document.file.id, let front = document.front else { return nil }
        self.document = document
        self.id = id
        wave = front["wave"]?.number ?? 0
        dependsOn = Self.texts(front["depends_on"])
        filesModified = Self.texts(front["files_modified"])
        isAutonomous = front["autonomous"]?.text == "true"
        let mustHaves = front["must_haves"]
        truths = Self.texts(mustHaves?["observable_truths"] ?? mustHaves?["truths"])
        artifacts =
            Self.texts(mustHaves?["required_artifacts"]).map { Artifact(path: $0) }
            + (mustHaves?["artifacts"]?.elements ?? []).compactMap { node in
                Placed(node["path"]).map {
                    Artifact(
                        path: $0, contains: node["contains"]?.text, minLines: node["min_lines"]?.number,
                        exports: Self.texts(node["exports"]).map(\.text))
                }
            }
        links =
            Self.texts(mustHaves?["required_wiring"]).compactMap(Self.link)
            + (mustHaves?["key_links"]?.elements ?? []).compactMap { node in
                guard let from = node["from"]?.text, let to = node["to"]?.text else { return nil }
                return Link(from: from, to: to, pattern: Placed(node["pattern"]), place: node.place)
            }
        evidence = (front["evidence"]?.elements ?? []).compactMap { node in
            guard let truth = Placed(node["truth"]), let test = node["test"]?.text.flatMap({ TestName($0) }) else { return nil }
            return Evidence(truth: truth, test: test, place: node["test"]?.place ?? node.place)
        }
    }

    private static func texts(_ node: YAMLNode?) -> [Placed] { node?.elements.compactMap { Placed($0) } ?? [] }

    /// `from -> to`, or a chain of more, of which the first and the last are the ends.
    private static func link(_ wiring: Placed) -> Link? {
        let ends = wiring.text.split(separator: " -> ").map(String.init)
        guard let from = ends.first, let to = ends.last, ends.count > 1 else { return nil }
        return Link(from: from, to: to, place: wiring.place)
    }
}
