import Cryptography
import Layouts
import Model
import Recipes
import Templates

extension Resolver {
    func jobs(of service: LaidOutService, renderer: FileRenderer) throws -> [DesiredJob] {
        guard let first = service.members.first else { return [] }
        let shared = try sharedSpecification(of: service)
        return try service.recipe.jobs.map { recipe in
            let files = try renderer.files(for: first, job: recipe.name).map(\.digest)
            var specification = shared
            specification.command = recipe.command
            specification.user = recipe.user ?? specification.user
            specification.hostname = "\(service.name)-\(recipe.name)"
            specification.ports = []
            specification.restart = "no"
            specification.devices = try devices(for: first, of: service)
            specification.mounts = service.recipe.volumes.map {
                .init(volume: volumeName($0, member: first, service: service), path: $0.path)
            }
            specification.hasFiles = !files.isEmpty
            var job = DesiredJob(
                service: service.name, name: recipe.name, host: first.host, region: first.region,
                specification: specification)
            job.files = files
            let own = Set(service.recipe.files.filter { $0.receivers?.contains(recipe.name) ?? false }.map(\.path))
            job.inputs = inputs(
                of: recipe, specification: specification,
                files: own.isEmpty ? files : files.filter { own.contains($0.path) })
            job.anchor = anchor(storedIn: recipe.storedIn, of: service)
            job.after = milestones(before: recipe, of: service)
            job.timeout = recipe.timeout
            return job
        }
    }

    private func inputs(
        of recipe: JobRecipe, specification: ContainerSpecification, files: [FileDigest]
    ) -> String {
        var parts = recipe.command
        if recipe.repetition != .once { parts.append(specification.imageIdentity) }
        if recipe.repetition == .change { parts += files.map { "\($0.path) \($0.digest)" } }
        return SHA256.hex(of: parts.joined(separator: "\n"))
    }

    func grants(of service: LaidOutService) throws -> [DesiredGrant] {
        var grants: [DesiredGrant] = []
        for requirement in service.recipe.requires where !requirement.grant.isEmpty {
            guard let provider = layout.service(requirement.service), let first = provider.members.first,
                let provision = provider.recipe.provides.first(where: { $0.name == requirement.provision })
            else { continue }
            var grant = DesiredGrant(
                service: service.name, requirement: requirement.name, provider: first.name, exec: provision.exec)
            let input = try grantInput(service: service, requirement: requirement.name)
            grant.inputs = SHA256.hex(of: provision.exec.joined(separator: "\n") + "\n" + input)
            grant.anchor = anchor(ofProvision: requirement.provision, by: requirement.service)
            grant.after = [.member(first.name)]
            grants.append(grant)
        }
        return grants
    }

    /// The standard input of a grant's command; it holds secrets.
    package func grantInput(service name: String, requirement: String) throws -> String {
        guard let service = layout.service(name) else { return "" }
        return try grantInput(service: service, requirement: requirement)
    }

    private func grantInput(service: LaidOutService, requirement name: String) throws -> String {
        guard let requirement = service.recipe.requires.first(where: { $0.name == name }),
            let provider = layout.service(requirement.service),
            let provision = provider.recipe.provides.first(where: { $0.name == requirement.provision })
        else { return "" }
        let scope = (scopes[service.name] ?? ServiceScope()).scope
        var grant = ValueMap()
        for (key, value) in requirement.grant { grant[key] = .string(try value.render(scope)) }
        let providerScope = (scopes[provider.name] ?? ServiceScope()).scope
        return try provision.input.render(providerScope.adding([.grant: .byName(grant)]))
    }
}
