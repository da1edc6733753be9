extension Subcommand {
    /// Checks who imports whom.
    static let arrows = Subcommand(
        name: "arrows", usage: "", summary: "checks that the packages use only those below them, by manifest and by import"
    ) { words throws(ToolError) in
        _ = try Options(words)
        let faults = ArrowRules(packages: try await packages()).faults
        guard faults.isEmpty else { throw .found(["these arrows must not be:"] + faults) }
    }

    private static func packages() async throws(ToolError) -> [ArrowRules.Package] {
        let results = await withTaskGroup(of: Result<ArrowRules.Package, ToolError>.self) { group in
            for room in House.rooms {
                group.addTask {
                    do throws(ToolError) {
                        return .success(try await package(in: room))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var packages: [ArrowRules.Package] = []
        for result in results { packages.append(try result.get()) }
        return packages
    }

    private static func package(in room: House.Room) async throws(ToolError) -> ArrowRules.Package {
        let description = try await PackageDescription.describing(room.folder)
        var imports: [String: [String: String]] = [:]
        for target in description.targets {
            imports[target.name] = try ImportLines.modules(in: target.sources.map { "\(room.folder)/\(target.path)/\($0)" })
        }
        return ArrowRules.Package(room: room, description: description, imports: imports)
    }
}
