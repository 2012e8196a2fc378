import Cryptography
import Layouts
import Model
import Recipes
import Templates

extension Resolver {
    func jobs(of service: LaidOutService, renderer: FileRenderer) throws -> [DesiredJob] {
        let shared = try sharedSpecification(of: service)
        return try service.recipe.jobs.flatMap { recipe in
            try subjects(of: recipe.scope, recipe.name, in: service).compactMap { subject in
                guard let member = subject ?? service.members.first else { return nil }
                return try job(recipe, of: service, on: member, for: subject, shared, renderer)
            }
        }
    }

    /// A job that works with the volumes of a member, and for `subject` alone where each member has its own.
    private func job(
        _ recipe: JobRecipe, of service: LaidOutService, on member: LaidOutMember, for subject: LaidOutMember?,
        _ shared: ContainerSpecification, _ renderer: FileRenderer
    ) throws -> DesiredJob {
        let files = try renderer.files(for: member, job: recipe.name).map(\.digest)
        let scopes = scopes[service.name] ?? ServiceScope()
        let scope = subject.map(scopes.scope) ?? scopes.scope
        var specification = shared
        specification.command = try recipe.command.map { try $0.render(scope) }
        specification.user = recipe.user ?? specification.user
        specification.hostname = "\(subject?.name ?? service.name)-\(recipe.name)"
        specification.ports = []
        specification.restart = "no"
        specification.devices = try devices(for: member, of: service)
        specification.environment = try environment(for: member, of: service)
        specification.mounts = service.recipe.volumes.map {
            .init(volume: volumeName($0, member: member, service: service), path: $0.path)
        }
        specification.hasFiles = !files.isEmpty
        var job = DesiredJob(
            service: service.name, name: recipe.name, host: member.host, region: member.region,
            specification: specification)
        job.member = subject?.name
        job.files = files
        let own = Set(service.recipe.files.filter { $0.receivers?.contains(recipe.name) ?? false }.map(\.path))
        job.inputs = inputs(
            of: recipe, specification: specification,
            files: own.isEmpty ? files : files.filter { own.contains($0.path) })
        job.anchor = anchor(storedIn: recipe.storedIn, of: service, for: subject)
        let isInOwnVolume = service.recipe.volumes.contains { $0.name == recipe.storedIn && $0.scope == .member }
        if isInOwnVolume, let former = subject?.dataOf {
            job.formerMilestone = .done(job: recipe.name, of: service.name, for: former)
        }
        job.after = milestones(before: recipe, of: service, for: subject)
        job.timeout = recipe.timeout
        return job
    }

    private func inputs(
        of recipe: JobRecipe, specification: ContainerSpecification, files: [FileDigest]
    ) -> String {
        // What is done once is not done again for another value in its command.
        var parts = recipe.repetition == .once ? recipe.command.map(\.text) : specification.command ?? []
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
            for subject in subjects(of: requirement.scope, requirement.name, in: service) {
                var grant = DesiredGrant(
                    service: service.name, requirement: requirement.name, provider: first.name, exec: provision.exec)
                grant.member = subject?.name
                let input = try grantInput(for: requirement, of: service, subject, provision, from: provider)
                grant.inputs = SHA256.hex(of: provision.exec.joined(separator: "\n") + "\n" + input)
                grant.anchor = anchor(ofProvision: requirement.provision, by: requirement.service)
                grant.after = [.member(first.name)]
                grants.append(grant)
            }
        }
        return grants
    }

    /// The standard input of a grant's command; it holds secrets.
    package func input(of grant: DesiredGrant) throws -> String {
        guard let service = layout.service(grant.service),
            let requirement = service.recipe.requires.first(where: { $0.name == grant.requirement }),
            let provider = layout.service(requirement.service),
            let provision = provider.recipe.provides.first(where: { $0.name == requirement.provision })
        else { return "" }
        let subject = grant.member.flatMap { name in service.members.first { $0.name == name } }
        return try grantInput(for: requirement, of: service, subject, provision, from: provider)
    }

    private func grantInput(
        for requirement: Requirement, of service: LaidOutService, _ subject: LaidOutMember?, _ provision: Provision,
        from provider: LaidOutService
    ) throws -> String {
        let own = scopes[service.name] ?? ServiceScope()
        let scope = subject.map(own.scope) ?? own.scope
        var grant = ValueMap()
        for (key, value) in requirement.grant { grant[key] = .string(try value.render(scope)) }
        let providerScope = (scopes[provider.name] ?? ServiceScope()).scope
        return try provision.input.render(providerScope.adding([.grant: .byName(grant)]))
    }
}
