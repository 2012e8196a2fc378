import Documents
import Model

/// A check of a recipe against itself: it must define every name that it refers to.
struct RecipeCheck {
    let document: RecipeDocument
    let problems: ProblemList

    var names: RecipeNames { document.names }

    func run(_ service: ServiceRecipe) {
        checkListeners(service)
        checkProbe(service)
        checkSettings(service)
        checkRelations(service)
        checkJobs(service)
        checkMembers(service)
        checkVacating(service)
        checkFiles(service)
        checkSidecars(service)
        checkIdentity(service)
        checkReports(service)
        checkPods(service)
        if service.linksHosts { checkLinking(service) }
    }

    /// Refuses keys that need the environment's network in a service that links hosts, which runs in the hosts' own
    /// network.
    private func checkLinking(_ service: ServiceRecipe) {
        for (key, isGiven) in [
            ("front", service.isFront), ("holder", service.holdsPod), ("pods", !service.pods.isEmpty),
            ("networks", !service.networks.isEmpty), ("listeners", !service.listeners.isEmpty),
            ("published", !service.published.isEmpty), ("sysctls", !service.container.sysctls.isEmpty),
            ("volumes", !service.volumes.isEmpty), ("requires", !service.requires.isEmpty),
            ("jobs", !service.jobs.isEmpty), ("sidecars", !service.sidecars.isEmpty),
        ] where isGiven {
            problems.add(
                at: document.keyPlace("service", key), "a service that links hosts has no `\(key)`",
                remedy: "leave it out")
        }
        if service.replacement == .startFirst {
            problems.add(
                at: document.keyPlace("service", "replace"),
                "a service that links hosts is in their networks, where it cannot run twice",
                remedy: "write `replace: stop-first`")
        }
    }

    /// Refuses keys that need a network namespace of the member's own in a service that runs in pods.
    private func checkPods(_ service: ServiceRecipe) {
        let joins = !service.pods.isEmpty
        func refuse(_ key: String, _ reason: String, remedy: String) {
            problems.add(at: document.keyPlace("service", key), reason, remedy: remedy)
        }
        if joins {
            if service.holdsPod {
                refuse(
                    "pods", "a service that holds pods cannot run in others'",
                    remedy: "remove one of `holder`, `pods`")
            }
            for (key, isGiven) in [
                ("front", service.isFront), ("published", !service.published.isEmpty),
                ("networks", !service.networks.isEmpty), ("sidecars", !service.sidecars.isEmpty),
                ("replicas", document.node["service"]?["replicas"] != nil),
            ] where isGiven {
                refuse(
                    key, "a service that runs in pods has no `\(key)`",
                    remedy: "set it in the recipes of `pods`, or leave it out")
            }
            for name in service.container.sysctls.keys.sorted() where name.hasPrefix("net.") {
                problems.add(
                    at: document.place("service", "sysctls", name),
                    "\(name) belongs to the pod's network namespace", remedy: "set it in the recipes of `pods`")
            }
        }
        if !joins, !service.shared.isEmpty {
            refuse(
                "share", "a service that runs in no pod has nobody to share with",
                remedy: "name holders in `pods`, or leave it out")
        }
        if joins || service.holdsPod || !service.networks.isEmpty, service.replacement == .startFirst {
            refuse(
                "replace", "a member of pods or further networks has one address and cannot run twice",
                remedy: "write `replace: stop-first`")
        }
        for volume in service.volumes where volume.scope == .pod && !joins && !service.holdsPod {
            problems.add(
                at: document.place("service", "volumes", volume.name, "scope"),
                "volume \(volume.name) is shared in a pod, and the service has none",
                remedy: "use `scope: member` or `scope: service`")
        }
    }

    private func checkListeners(_ service: ServiceRecipe) {
        var ports: [String: String] = [:]
        for listener in service.listeners {
            let key = "\(listener.port)\(listener.transport == .udp ? "/udp" : "")"
            if let other = ports.updateValue(listener.name, forKey: key) {
                problems.add(
                    at: document.place("service", "listeners", listener.name, "port"),
                    "listeners \(other) and \(listener.name) both have port \(key)")
            }
        }
        var front: [Int: String] = [:]
        let counts = service.settings.filter { $0.kind == .integer && $0.minimum ?? 0 >= 1 }.map(\.name)
        for endpoint in service.endpoints {
            expect(
                endpoint.listener, among: names.listeners, "listener", "service", "endpoints", endpoint.name, "listener"
            )
            let given = document.node["service"]?["endpoints"]?[endpoint.name]?["capacity"]?.items
            for (index, name) in endpoint.capacity.enumerated() where !counts.contains(name) {
                problems.add(
                    at: given.map { $0[index].place },
                    "there is no integer setting \(name) of 1 or more",
                    remedy: Remedy.nearest(to: name, among: counts, what: "setting with `minimum: 1`"))
            }
            for port in endpoint.ports {
                if let other = front.updateValue(endpoint.name, forKey: port) {
                    problems.add(
                        at: document.place("service", "endpoints", endpoint.name, "ports"),
                        other == endpoint.name
                            ? "endpoint \(other) has port \(port) twice"
                            : "endpoints \(other) and \(endpoint.name) both have port \(port)")
                }
            }
        }
        // UDP and TCP ports of one number do not conflict.
        var published: [Bool: [Int: String]] = [:]
        for (listener, port) in service.published.sorted(by: { $0.key < $1.key }) {
            expect(key: listener, among: names.listeners, "listener", "service", "published", listener)
            let isUDP = service.listeners.first { $0.name == listener }?.transport == .udp
            if let other = published[isUDP, default: [:]].updateValue(listener, forKey: port) {
                problems.add(
                    at: document.place("service", "published", listener),
                    "listeners \(other) and \(listener) are both published as port \(port)")
            }
        }
    }

    private func checkProbe(_ service: ServiceRecipe) {
        switch service.probe?.method {
        case .http(let listener, _, _, _):
            expect(listener, among: names.listeners, "listener", "service", "probe", "http", "listener")
            let transport = service.listeners.first { $0.name == listener }?.transport
            if let transport, transport != .http, transport != .https {
                problems.add(
                    at: document.place("service", "probe", "http", "listener"),
                    "listener \(listener) speaks \(transport.rawValue), expected one that speaks http or https",
                    remedy: "probe it with tcp or exec")
            }
        case .tcp(let listener, _, _):
            expect(listener, among: names.listeners, "listener", "service", "probe", "tcp", "listener")
            if service.listeners.first(where: { $0.name == listener })?.transport == .udp {
                problems.add(
                    at: document.place("service", "probe", "tcp", "listener"),
                    "listener \(listener) speaks UDP, and a UDP port shows nothing unless it answers",
                    remedy: "probe it with exec")
            }
        case .exec, nil: break
        }
    }

    private func checkSettings(_ service: ServiceRecipe) {
        for setting in service.settings {
            let path = ["service", "settings", setting.name]
            if let minimum = setting.minimum, let maximum = setting.maximum, minimum > maximum {
                problems.add(
                    at: document.place(path + ["minimum"]), "setting \(setting.name) has a minimum above its maximum")
            } else if let complaint = setting.complaint(about: setting.standard) {
                problems.add(
                    at: document.place(path + ["default"]), "setting \(setting.name)'s default \(complaint.text)",
                    remedy: complaint.remedy)
            }
            let underscored = setting.name.replacing("-", with: "_")
            if underscored != setting.name, names.settings.contains(underscored) {
                problems.add(
                    at: document.keyPlace("service", "settings", setting.name),
                    "templates cannot tell setting \(setting.name) from \(underscored)")
            }
        }
    }

    private func checkRelations(_ service: ServiceRecipe) {
        for provision in service.provides {
            if let volume = provision.storedIn {
                expect(volume, among: names.volumes, "volume", "service", "provides", provision.name, "stored-in")
            }
        }
        var paths: [String: String] = [:]
        for volume in service.volumes {
            if let other = paths.updateValue(volume.name, forKey: volume.path) {
                problems.add(
                    at: document.place("service", "volumes", volume.name, "path"),
                    "volumes \(other) and \(volume.name) both lie at \(volume.path)")
            }
        }
    }

    private func checkJobs(_ service: ServiceRecipe) {
        let stages = names.requires.map(\.name) + names.jobs + [JobRecipe.front]
        for job in service.jobs {
            for (index, stage) in (job.after ?? []).enumerated() {
                expect(
                    stage, among: stages, "requirement or job",
                    at: document.node["service"]?["jobs"]?[job.name]?["after"]?.items?[index].place)
            }
            if let keeper = job.storedIn {
                expect(
                    keeper, among: names.requires.map(\.name) + names.volumes, "requirement or volume", "service",
                    "jobs", job.name, "stored-in")
            }
            if names.requires.contains(where: { $0.name == job.name }) {
                problems.add(
                    at: document.keyPlace("service", "jobs", job.name),
                    "job \(job.name) has the name of a requirement", remedy: "give the job another name")
            }
        }
        let after = Dictionary(service.jobs.map { ($0.name, $0.after ?? []) }) { first, _ in first }
        for cycle in Cycle.all(among: after.keys, next: { after[$0] ?? [] }) {
            problems.add(
                at: document.place("service", "jobs", cycle[0], "after"),
                "jobs wait for each other: \((cycle + cycle.prefix(1)).joined(separator: " -> "))")
        }
    }

    private func checkVacating(_ service: ServiceRecipe) {
        guard service.vacating != nil, service.pods.isEmpty else { return }
        problems.add(
            at: document.keyPlace("service", "vacate"), "`vacate` is for services in pods, and this one is in none",
            remedy: "say in which under `pods:`, or leave it out")
    }

    private func checkFiles(_ service: ServiceRecipe) {
        for file in service.files {
            let items = document.node["service"]?["files"]?[file.path]?["for"]?.items
            for (index, receiver) in (file.receivers ?? []).enumerated() {
                expect(receiver, among: names.jobs + names.sidecars, receiverWord, at: items?[index].place)
            }
            let hasReload =
                service.reload != nil || document.node["service"]?["reload"] != nil
                || file.receivers != nil && service.sidecars.contains { $0.reload != nil && $0.has(file) }
            if !hasReload, uses(.reload, in: file) {
                problems.add(
                    at: document.keyPlace("service", "files", file.path),
                    "file \(file.path) is taken by a reload, and the service has no `reload`",
                    remedy: "say how under `reload:`, or use `on-change: restart`")
            }
        }
    }

    /// The word for what a file can be for.
    private var receiverWord: String { names.sidecars.isEmpty ? "job" : "job or sidecar" }

    private func uses(_ cost: ChangeCost, in file: FileRecipe) -> Bool {
        if file.onChange == cost { return true }
        guard case .ini(let sections) = file.content else { return false }
        return sections.contains { $0.keys.contains { $0.onChange == cost } }
    }

    func expect(_ name: String, among known: [String], _ what: String, _ path: String...) {
        expect(name, among: known, what, at: document.place(path))
    }

    private func expect(key name: String, among known: [String], _ what: String, _ path: String...) {
        let parent = document.node["service"].flatMap { $0[path[path.count - 2]] }
        expect(name, among: known, what, at: parent?.entry(name)?.keyPlace)
    }

    func expect(_ name: String, among known: [String], _ what: String, at place: Place?) {
        if known.contains(name) { return }
        problems.add(
            at: place, "unknown \(what) \(name)", remedy: Remedy.nearest(to: name, among: known, what: what))
    }
}
