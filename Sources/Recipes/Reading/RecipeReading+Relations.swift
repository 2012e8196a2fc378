import Documents
import Model
import Templates

extension RecipeReading {
    func requirement(_ name: String, _ reader: MappingReader) -> Requirement? {
        let service = reader.required("service", .label)
        let wait = reader.value("wait", .oneOf(Requirement.Wait.self), default: .everything)
        let isOptional = reader.value("optional", .bool, default: false)
        let provision = reader.optional("provision", .label)
        let grant = reader.value("grant", .entries(of: template), default: [])
        let condition = reader.optional("when", template)
        let scope = reader.value("scope", .oneOf(WorkScope.self), default: .service)
        guard let service else { return nil }
        var requirement = Requirement(name: name, service: service)
        requirement.wait = wait
        requirement.isOptional = isOptional
        requirement.provision = provision ?? name
        requirement.grant = grant
        requirement.condition = condition
        requirement.scope = scope
        return requirement
    }

    func provision(_ name: String, _ reader: MappingReader) -> Provision? {
        let needs = reader.value("needs", .list(of: .filled), default: [])
        let exec = reader.required("exec", .command)
        let input = reader.required("input", templateFile(isGrantInput: true))
        let storedIn = reader.optional("stored-in", .label)
        guard let exec, let input else { return nil }
        var provision = Provision(name: name, input: input)
        provision.needs = needs
        provision.exec = exec
        provision.storedIn = storedIn
        return provision
    }

    func job(_ name: String, _ reader: MappingReader) -> JobRecipe? {
        let command = reader.required("command", commandTemplate)
        let scope = reader.value("scope", .oneOf(WorkScope.self), default: .service)
        let user = reader.optional("user", .filled)
        let after = reader.optional("after", .list(of: .label))
        let repetition = reader.optional("repeat", .oneOf(JobRecipe.Repetition.self))
        let storedIn = reader.optional("stored-in", .label)
        let isBeforeMembers = reader.value("before-members", .bool, default: true)
        let timeout = reader.optional("timeout", .duration)
        let condition = reader.optional("when", template)
        guard let command else { return nil }
        var job = JobRecipe(name: name, command: command)
        job.user = user
        job.after = after
        job.repetition = repetition ?? job.repetition
        job.storedIn = storedIn
        job.isBeforeMembers = isBeforeMembers
        job.timeout = timeout ?? job.timeout
        job.condition = condition
        job.scope = scope
        return job
    }

    func identity(_ reader: MappingReader) -> IdentityRecipe? {
        var identity = IdentityRecipe()
        identity.services = reader.value(
            "service", .list(of: .object { self.identityService($0) }, singleMapping: true), default: [])
        identity.endpoint = reader.optional("endpoint", .label)
        identity.urlSuffix = reader.value("url-suffix", .text, default: "")
        identity.domains = reader.value("domains", .list(of: .object { self.identityDomain($0) }), default: [])
        identity.users = reader.value("users", .list(of: .object { self.identityUser($0) }), default: [])
        identity.roles = reader.value("roles", .list(of: .filled), default: [])
        return identity
    }

    private func identityService(_ reader: MappingReader) -> IdentityRecipe.Service? {
        let type = reader.required("type", .filled)
        let name = reader.required("name", .filled)
        let description = reader.value("description", .text, default: "")
        guard let type, let name else { return nil }
        return IdentityRecipe.Service(type: type, name: name, description: description)
    }

    private func identityUser(_ reader: MappingReader) -> IdentityRecipe.User? {
        let name = reader.required("name", .filled)
        let password = reader.required("password", template)
        let domain = reader.optional("domain", .filled)
        let project = domain == nil ? reader.required("project", .filled) : reader.optional("project", .filled)
        let roles = reader.required("roles", .list(of: .filled))
        guard let name, let password, let roles else { return nil }
        var user = IdentityRecipe.User(name: name, password: password, roles: roles)
        user.domain = domain
        user.project = project
        return user
    }

    private func identityDomain(_ reader: MappingReader) -> IdentityRecipe.Domain? {
        let name = reader.required("name", .filled)
        let description = reader.value("description", .text, default: "")
        return name.map { IdentityRecipe.Domain(name: $0, description: description) }
    }

    func administration(_ reader: MappingReader) -> AdministrationRecipe? {
        let endpoint = reader.required("endpoint", .label)
        let user = reader.required("user", .filled)
        let password = reader.required("password", template)
        let project = reader.required("project", .filled)
        let projects = reader.value("projects", .list(of: .filled), default: [])
        guard let endpoint, let user, let password, let project else { return nil }
        var administration = AdministrationRecipe(
            endpoint: endpoint, user: user, password: password, project: project)
        administration.projects = projects
        return administration
    }

    func report(_ name: String, _ reader: MappingReader) -> ReportRecipe? {
        let endpoint = reader.required("endpoint", .label)
        let path = reader.required("path", .absolutePath)
        let list = reader.required("list", .filled)
        let service = reader.required("service", .filled)
        let host = reader.required("host", .filled)
        let isUp = reader.required("up", .filled)
        let since = reader.optional("since", .filled)
        let deletion = reader.optional("delete", .object { self.deletion($0) })
        guard let endpoint, let path, let list, let service, let host, let isUp else { return nil }
        var report = ReportRecipe(
            name: name, endpoint: endpoint, path: path, list: list, service: service, host: host, isUp: isUp)
        report.since = since
        report.deletion = deletion
        return report
    }

    private func deletion(_ reader: MappingReader) -> ReportDeletion? {
        let id = reader.required("id", .filled)
        let services = reader.required("of", .list(of: .label))
        guard let id, let services else { return nil }
        return ReportDeletion(id: id, services: services)
    }

    func version(_ reader: MappingReader) -> VersionRecipe? {
        let endpoint = reader.required("endpoint", .label)
        let path = reader.required("path", .absolutePath)
        let field = reader.required("field", .list(of: .filled))
        guard let endpoint, let path, let field else { return nil }
        return VersionRecipe(endpoint: endpoint, path: path, field: field)
    }
}
