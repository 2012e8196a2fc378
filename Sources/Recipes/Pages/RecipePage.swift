import Model
import Templates

extension Recipe {
    /// A page in Markdown about the recipe, for operators, made from its data alone.
    public func page(in catalog: Catalog) -> String {
        var page = "# \(name)\n\n\(summary)\n"
        page += Markdown.section("Image", imageTable(catalog))
        guard let service else { return page }
        page += Markdown.section("In an environment", service.example(name: name))
        page += Markdown.section("How it runs", service.runTable)
        page += Markdown.section("Settings", service.settingsTable)
        page += Markdown.section("Secrets", service.secretsTable)
        page += Markdown.section("Generated values", service.generatedTable)
        page += Markdown.section("Listeners", service.listenersTable)
        page += Markdown.section("Endpoints", service.endpointsTable)
        page += Markdown.section("Volumes", service.volumesTable)
        page += Markdown.section("Needs", service.requirementsTable)
        page += Markdown.section("Provides", service.provisionsTable)
        page += Markdown.section("Files", service.filesTables)
        page += Markdown.section("Jobs", service.jobsTable)
        page += Markdown.section("Sidecars", service.sidecarsTable)
        page += Markdown.section("In Keystone", service.identityTable)
        return page
    }

    private func imageTable(_ catalog: Catalog) -> String {
        var rows: [[String]] = []
        if let parent = image.parent { rows.append(["Built on", Markdown.code(parent)]) }
        let children = catalog.recipes.values.filter { $0.image.parent == name }.map(\.name).sorted()
        if !children.isEmpty { rows.append(["Parent of", Markdown.code(children)]) }
        rows.append(["Releases", Markdown.code(image.releases ?? catalog.releases.keys.sorted())])
        var labels = image.groups.sorted { $0.key < $1.key }.map { "\(Labels.prefix)\($0.key)=\($0.value)" }
        if let node = image.node { labels.append("\(Labels.node)=\(node)") }
        if !labels.isEmpty { rows.append(["Labels", Markdown.code(labels)]) }
        if !image.arguments.isEmpty {
            let arguments = image.arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            rows.append(["Build arguments", Markdown.code(arguments)])
        }
        return Markdown.table(["", ""], rows)
    }
}

extension ServiceRecipe {
    /// The smallest part of an environment's file that gives it the service and its requirements.
    fileprivate func example(name: String) -> String {
        var lines = ["services:", linksHosts ? "  \(name): {}" : "  \(name): \(max(1, replicas.standard))"]
        for requirement in requires where !requirement.isOptional && requirement.service != name {
            let line = "  \(requirement.service): 1"
            if !lines.contains(line) { lines.append(line) }
        }
        return "```yaml\n" + lines.joined(separator: "\n") + "\n```\n"
    }

    fileprivate var runTable: String {
        var rows: [[String]] = []
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { rows.append([name, text]) }
        }
        add("Command", command.map { Markdown.code($0.joined(separator: " ")) } ?? "the image's")
        add("User", user.map { "\(Markdown.code($0.name)) (\($0.id))" } ?? "root")
        let number = "\(replicas.standard)" + (replicas.maximum.map { ", at most \($0)" } ?? "")
        add("Members", linksHosts ? "one on each host, where there are several" : number)
        add(
            "Replaced",
            replacement == .startFirst ? "the new container is healthy before the old one goes" : "one after the other")
        add("While a member is down", interrupts.map { "interrupts \($0)" })
        add("Before it goes for good", leaving.map { Markdown.code($0.command.joined(separator: " ")) })
        add("Before its pod is recreated", vacating.map { Markdown.code($0.command.joined(separator: " ")) })
        add("Healthy", probe?.sentence)
        add("Stops within", grace.text)
        add("Memory", container.memory.map { "at most \($0)" })
        add("Capabilities", Markdown.code(container.capabilities))
        add("Devices", Markdown.code(container.devices.map(\.text)))
        add("Devices that need not be there", Markdown.code(container.deviceRules))
        add(
            "Kernel settings",
            Markdown.code(container.sysctls.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }))
        add("Limits", Markdown.code(container.ulimits.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }))
        add("In memory", Markdown.code(container.tmpfs.map(\.path)))
        add("Security options", Markdown.code(container.security))
        add("Root file system", container.isReadOnly ? "read-only" : nil)
        add("Environment", Markdown.code(environment.map { "\($0.key)=\($0.value.text)" }))
        return Markdown.table(["", ""], rows)
    }

    fileprivate var settingsTable: String {
        Markdown.table(
            ["Setting", "Type", "Default", "Allowed", "What it is"],
            settings.map {
                [Markdown.code($0.name), $0.kind.rawValue, Markdown.code($0.standard), $0.allowed, $0.help]
            })
    }

    fileprivate var secretsTable: String { Self.table(of: secrets, "Secret") }
    fileprivate var generatedTable: String { Self.table(of: generated, "Value") }

    private static func table(of kept: [SecretRecipe], _ title: String) -> String {
        Markdown.table(
            [title, "Kind", "Of"],
            kept.map { [Markdown.code($0.name), $0.kind.rawValue, $0.scope.words] })
    }

    fileprivate var listenersTable: String {
        Markdown.table(
            ["Listener", "Port", "Protocol", "On the host"],
            listeners.map {
                [
                    Markdown.code($0.name), "\($0.port)", $0.transport.rawValue,
                    published[$0.name].map(String.init) ?? "",
                ]
            })
    }

    fileprivate var endpointsTable: String {
        Markdown.table(
            ["Endpoint", "Listener", "Ports of the front", "Path", "Check", "Requests end within"],
            endpoints.map { endpoint in
                [
                    Markdown.code(endpoint.name), Markdown.code(endpoint.listener),
                    endpoint.ports.map(String.init).joined(separator: ", ")
                        + (endpoint.isPublic ? "" : ", inside only"),
                    Markdown.code(endpoint.path),
                    endpoint.check.map { "\(Markdown.code($0.path)) answers \($0.status.text)" } ?? "connects",
                    endpoint.timeout.text,
                ]
            })
    }

    fileprivate var volumesTable: String {
        Markdown.table(
            ["Volume", "Path", "One for each", "Keeps"],
            volumes.map { [Markdown.code($0.name), Markdown.code($0.path), $0.scope.rawValue, $0.contents ?? ""] })
    }

    fileprivate var requirementsTable: String {
        Markdown.table(
            ["As", "Service", "Waits for it", "May be missing", "Asks for"],
            requires.map { requirement in
                [
                    Markdown.code(requirement.name), Markdown.code(requirement.service),
                    requirement.wait.sentence, requirement.isOptional ? "yes" : "no",
                    Markdown.code(
                        (requirement.provision == requirement.name ? [] : ["provision: \(requirement.provision)"])
                            + requirement.grant.map { "\($0.key): \($0.value.text)" })
                        + requirement.scope.words,
                ]
            })
    }

    fileprivate var provisionsTable: String {
        Markdown.table(
            ["Grant", "Needs", "Kept in"],
            provides.map {
                [Markdown.code($0.name), Markdown.code($0.needs), $0.storedIn.map { Markdown.code($0) } ?? ""]
            })
    }

    fileprivate var jobsTable: String {
        Markdown.table(
            ["Job", "Command", "After", "Runs again", "Kept in", "When", "At most"],
            jobs.map { job in
                [
                    Markdown.code(job.name) + job.scope.words,
                    Markdown.code(job.command.map(\.text).joined(separator: " ")),
                    Markdown.code(job.after ?? requires.filter(\.waits).map(\.name)), job.repetition.sentence,
                    job.storedIn.map { Markdown.code($0) } ?? "",
                    job.time,
                    job.timeout.text,
                ]
            })
    }

    fileprivate var sidecarsTable: String {
        Markdown.table(
            ["Sidecar", "Command", "Files", "Healthy", "Memory", "Stops within"],
            sidecars.map { sidecar in
                [
                    Markdown.code(sidecar.name), Markdown.code(sidecar.command.joined(separator: " ")),
                    Markdown.code(files.filter(sidecar.has).map(\.path)), sidecar.probe?.sentence ?? "while it runs",
                    (sidecar.memory ?? container.memory).map { "at most \($0)" } ?? "",
                    (sidecar.grace ?? grace).text,
                ]
            })
    }

    fileprivate var identityTable: String {
        guard let identity else { return "" }
        var rows: [[String]] = []
        for service in identity.services {
            rows.append(["Service", "\(Markdown.code(service.name)) of type \(Markdown.code(service.type))"])
        }
        if let endpoint = identity.endpoint {
            rows.append([
                "Endpoint",
                Markdown.code(endpoint)
                    + (identity.urlSuffix.isEmpty ? "" : " with \(Markdown.code(identity.urlSuffix))"),
            ])
        }
        for domain in identity.domains { rows.append(["Domain", Markdown.code(domain.name)]) }
        for user in identity.users {
            let places = [
                user.project.map { "in \(Markdown.code($0))" }, user.domain.map { "of domain \(Markdown.code($0))" },
            ].compactMap { $0 }.joined(separator: " ")
            rows.append(["User", "\(Markdown.code(user.name)) with \(Markdown.code(user.roles)) \(places)"])
        }
        if !identity.roles.isEmpty { rows.append(["Roles", Markdown.code(identity.roles)]) }
        return Markdown.table(["", ""], rows)
    }
}

extension SettingRecipe {
    /// The values that the setting takes, in a few words.
    fileprivate var allowed: String {
        if let choices { return choices.map { Markdown.code($0) }.joined(separator: ", ") }
        func text(_ number: Double) -> String {
            Int(exactly: number).map(String.init) ?? "\(number)"
        }
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): return "\(text(minimum)) to \(text(maximum))"
        case (let minimum?, nil): return "\(text(minimum)) or more"
        case (nil, let maximum?): return "\(text(maximum)) or less"
        case (nil, nil): return ""
        }
    }
}

extension ProbeRecipe {
    fileprivate var sentence: String {
        let what =
            switch method {
            case .http(let listener, let path, let status, _):
                "\(Markdown.code(path)) of \(Markdown.code(listener)) answers \(status.text)"
            case .tcp(let listener, _, let expect):
                "\(Markdown.code(listener)) connects" + (expect == nil ? "" : " and answers as it should")
            case .exec(let command): "\(Markdown.code(command.map(\.text).joined(separator: " "))) ends with 0"
            }
        return "\(what), within \(within.text)"
    }
}

extension WorkScope {
    /// The words that follow on what is done so.
    fileprivate var words: String { self == .member ? ", for each member" : "" }
}

extension SecretRecipe.Scope {
    fileprivate var words: String { self == .member ? "each member" : "the \(rawValue)" }
}

extension JobRecipe {
    /// The time of a run, by the members that it is for.
    fileprivate var time: String {
        switch scope {
        case .service: isBeforeMembers ? "before members" : "after members"
        case .member: isBeforeMembers ? "before the member" : "after the member"
        }
    }
}

extension JobRecipe.Repetition {
    fileprivate var sentence: String {
        switch self {
        case .image: "with another image"
        case .change: "with another image or other files"
        case .once: "never while its result is there"
        }
    }
}

extension Requirement.Wait {
    fileprivate var sentence: String {
        switch self {
        case .everything: "yes"
        case .registration: "for its jobs and registration"
        case .jobs: "for its jobs"
        case .replacement: "by itself; when replaced, yes"
        case .endpoint: "yes, and for the front"
        case .nothing: "no"
        }
    }
}

extension [Int] {
    fileprivate var text: String { map(String.init).joined(separator: ", ") }
}
