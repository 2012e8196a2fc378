import Model
import Recipes

extension Layout {
    /// Checks an environment against a catalogue and gives its members hosts and addresses.
    ///
    /// `kept` are the addresses that members had before, and `containers` the environment's containers on the engine.
    /// Throws `Problems` with all mistakes.
    package init(
        environment: Environment, catalog: Catalog, kept: [String: [IPv4Address]],
        containers: [ObservedContainer] = []
    ) throws {
        var builder = LayoutBuilder(environment: environment, catalog: catalog)
        builder.layOutServices()
        builder.layOutPods()
        builder.checkTakeovers()
        builder.checkLinks()
        builder.checkRelations()
        builder.checkPorts()
        builder.giveAddresses(kept: kept, containers: containers)
        builder.shareAddressesInPods()
        if !builder.problems.isEmpty { throw Problems.inOrder(builder.problems) }
        self.init(environment: environment, services: builder.services, missing: builder.missing, notes: builder.notes)
    }

    /// The mistakes within single services, for a file that could be read only in part. Relations are not checked: a
    /// service that another one needs may be in the part that was not read.
    package static func mistakes(in environment: Environment, catalog: Catalog) -> [Problem] {
        if environment.services.isEmpty { return [] }
        var builder = LayoutBuilder(environment: environment, catalog: catalog)
        builder.layOutServices()
        return builder.problems
    }
}

/// A builder of a layout, which works through the environment once and collects every problem.
struct LayoutBuilder {
    let environment: Environment
    let catalog: Catalog
    var services: [LaidOutService] = []
    var missing: [String] = []
    var notes: [String] = []
    var problems: [Problem] = []
    /// The services of the file that do not exist, each with the one that was probably meant.
    var unknownServices: [(name: String, meant: String?)] = []

    mutating func layOutServices() {
        for declaration in environment.services {
            if catalog.recipes[declaration.name] == nil, let reason = catalog.retired[declaration.name] {
                notes.append("\(declaration.name) is no more: \(reason)")
                continue
            }
            guard let recipe = catalog.recipes[declaration.name], let service = recipe.service else {
                reportUnknown(declaration)
                continue
            }
            guard let release = release(for: declaration, recipe: recipe) else { continue }
            var laidOut = LaidOutService(
                name: declaration.name, declaration: declaration, recipeName: recipe.name, recipe: service,
                release: release, image: imageReference(recipe: recipe, release: release, declaration: declaration),
                settings: ValueMap(), members: [])
            laidOut.settings = settings(of: service, declaration: declaration)
            if service.linksHosts {
                laidOut.members = linkMembers(of: declaration, recipe: service)
            } else if service.pods.isEmpty {
                laidOut.members = members(of: declaration, recipe: service)
            }
            checkOverrides(declaration, recipe: service)
            checkOptions(declaration, recipe: service, release: release.name)
            services.append(laidOut)
        }
        if services.isEmpty, problems.isEmpty, missing.isEmpty, notes.isEmpty {
            problems.append(
                Problem(
                    at: Place(file: environment.file, line: 1, column: 1), "the environment has no services",
                    remedy: "name some under `services:`, such as `keystone: 1`"))
        }
    }

    private mutating func reportUnknown(_ declaration: ServiceDeclaration) {
        let runnable = catalog.recipes.values.filter { $0.service != nil }.map(\.name).sorted()
        let isDockstack = !environment.registered.isEmpty || !environment.common.isEmpty
        if isDockstack {
            for member in declaration.members {
                missing.append("\(member.name): the catalogue has no service \(declaration.name)")
            }
        } else if catalog.recipes[declaration.name] != nil {
            problems.append(
                Problem(
                    at: declaration.place, "\(declaration.name) is an image without a service",
                    remedy: Remedy.meant(by: declaration.name, among: runnable)
                        ?? "services are \(runnable.joined(separator: ", "))"))
        } else {
            unknownServices.append((declaration.name, nearestName(to: declaration.name, among: runnable)))
            problems.append(
                Problem(
                    at: declaration.place, "unknown service \(declaration.name)",
                    remedy: Remedy.meant(by: declaration.name, among: runnable)
                        ?? "services are \(runnable.joined(separator: ", "))"))
        }
    }

    private mutating func release(for declaration: ServiceDeclaration, recipe: Recipe) -> Release? {
        guard let name = declaration.release ?? environment.images.release ?? catalog.defaultRelease?.name else {
            problems.append(Problem(at: declaration.place, "the catalogue has no default release"))
            return nil
        }
        let place = declaration.release == nil ? environment.images.place : declaration.place
        guard let release = catalog.releases[name] else {
            let known = catalog.releases.keys.sorted()
            let hint = Remedy.meant(by: name, among: known)
            let problem = Problem(
                at: place, "unknown release \(name)", remedy: hint ?? "releases are \(known.joined(separator: ", "))")
            if !problems.contains(problem) { problems.append(problem) }
            return nil
        }
        if let supported = recipe.image.releases, !supported.contains(name) {
            problems.append(
                Problem(
                    at: declaration.place, "\(recipe.name) cannot be built in release \(name)",
                    remedy: "it can in \(supported.joined(separator: ", "))"))
            return nil
        }
        return release
    }

    private func imageReference(recipe: Recipe, release: Release, declaration: ServiceDeclaration) -> String {
        let images = environment.images
        return imageName(
            recipe: recipe.name, registry: images.registry, prefix: images.prefix, release: release.name,
            version: declaration.version ?? images.version)
    }

    private mutating func members(of declaration: ServiceDeclaration, recipe: ServiceRecipe) -> [LaidOutMember] {
        let region = declaration.region ?? environment.defaultRegion
        let fallback = declaration.host ?? environment.hosts.first?.name ?? Environment.here
        var declared = declaration.members
        let wanted = declaration.replicas ?? (declared.isEmpty ? recipe.replicas.standard : declared.count)
        var number = 1
        while declared.count < wanted {
            let name = "\(declaration.name)\(number)"
            if !declared.contains(where: { $0.name == name }) {
                declared.append(MemberDeclaration(name: name, place: declaration.place))
            }
            number += 1
        }
        if let maximum = recipe.replicas.maximum, declared.count > maximum {
            problems.append(
                Problem(
                    at: declaration.place,
                    "\(declaration.name) has \(declared.count) members and can have \(maximum) at most"))
        }
        var members: [LaidOutMember] = []
        for member in declared {
            let host = member.host ?? fallback
            guard isReachable(host) else {
                missing.append("\(member.name): host \(host) is not this one")
                continue
            }
            if recipe.onePerHost, members.contains(where: { $0.host == host }) {
                problems.append(
                    Problem(at: member.place, "two members of \(declaration.name) cannot share host \(host)"))
            }
            members.append(
                LaidOutMember(
                    name: member.name, index: members.count, host: host, region: region,
                    macAddress: member.macAddress, addresses: member.address.map { [$0, $0] } ?? [], pod: nil,
                    dataOf: member.dataOf,
                    settings: merge(member.settings, into: ValueMap(), recipe: recipe, of: declaration.name)))
        }
        return members
    }

    private func isReachable(_ host: String) -> Bool {
        host == Environment.here || environment.hosts.contains { $0.name == host && $0.engine != nil }
    }

    private mutating func checkOverrides(_ declaration: ServiceDeclaration, recipe: ServiceRecipe) {
        for override in declaration.overrides {
            let file = recipe.files.first { $0.path == override.file }
            if let file, case .ini = file.content { continue }
            let editable = recipe.files.compactMap { file -> String? in
                if case .ini = file.content { return file.path }
                return nil
            }
            let what = file == nil ? "has no file \(override.file)" : "has no sections and keys in \(override.file)"
            let problem = Problem(
                at: override.place, "\(declaration.name) \(what)",
                remedy: Remedy.meant(by: override.file, among: editable)
                    ?? (editable.isEmpty ? "use its settings" : "it has \(editable.joined(separator: ", "))"))
            problems.append(problem)
        }
    }
}

/// The full reference of a recipe's image.
package func imageName(recipe: String, registry: String, prefix: String, release: String, version: String) -> String {
    let path = prefix.isEmpty ? recipe : "\(prefix)/\(recipe)"
    return (registry.isEmpty ? path : "\(registry)/\(path)") + ":\(release)-\(version)"
}
