/// What is wrong with the arrows between packages and modules: a pure function of what the manifests and the sources say.
struct ArrowRules {
    /// A package with the imports of its sources.
    struct Package {
        let room: House.Room
        let description: PackageDescription
        /// By target: each module that is imported, with the file and line where it first is.
        let imports: [String: [String: String]]
    }

    let packages: [Package]

    /// One line for each arrow that must not be, sorted.
    var faults: [String] {
        let owners = owners
        return packages.flatMap { packageFaults(of: $0) + importFaults(of: $0, owners: owners) + libraryFaults(of: $0) }.sorted()
    }

    /// The package of each module.
    private var owners: [String: String] {
        Dictionary(packages.flatMap { package in package.description.targets.map { ($0.name, package.room.name) } }) { first, _ in first }
    }

    private func packageFaults(of package: Package) -> [String] {
        guard let allowed = package.room.mayUse else { return [] }
        return package.description.dependencies.map(\.identity).filter { !allowed.contains($0) }.map { other in
            "\(package.room.folder)/Package.swift: \(package.room.name) must not use \(other)"
        }
    }

    /// An import must be of an allowed package, and named in the target's manifest: SwiftPM lets what a dependency built slip through.
    private func importFaults(of package: Package, owners: [String: String]) -> [String] {
        package.description.targets.flatMap { target in
            (package.imports[target.name] ?? [:]).compactMap { module, place in
                guard let owner = owners[module], module != target.name else { return nil }
                if owner != package.room.name, package.room.mayUse?.contains(owner) == false {
                    return "\(place): \(target.name) must not import \(module) of \(owner)"
                }
                return target.named.contains(module) ? nil : "\(place): \(target.name) imports \(module), which its manifest does not name"
            }
        }
    }

    /// A C library is wrapped by one target; tests may look at it too.
    private func libraryFaults(of package: Package) -> [String] {
        package.description.targets.filter { $0.type == "system-target" }.compactMap { library in
            let users = package.description.targets.filter { $0.type != "test" && $0.named.contains(library.name) }.map(\.name).sorted()
            guard users.count > 1 else { return nil }
            return
                "\(package.room.folder)/Package.swift: \(library.name) is wrapped by \(users.joined(separator: " and ")), not by one target"
        }
    }
}
