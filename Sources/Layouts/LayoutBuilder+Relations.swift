import Model
import Recipes

extension LayoutBuilder {
    /// Checks that every requirement is present and that no service waits for itself.
    mutating func checkRelations() {
        checkSharedSettings()
        for service in services {
            for requirement in service.recipe.requires where !requirement.isOptional {
                if let needed = services.first(where: { $0.name == requirement.service }) {
                    if needed.members.isEmpty, !service.members.isEmpty { reportEmpty(needed, neededBy: service) }
                    continue
                }
                if !missing.isEmpty, environment.services.contains(where: { $0.name == requirement.service }) {
                    continue
                }
                // A requirement that is present under a misspelt name was reported already.
                if unknownServices.contains(where: { $0.meant ?? requirement.service == requirement.service }) {
                    continue
                }
                problems.append(
                    Problem(
                        at: service.declaration.place, "\(service.name) needs \(requirement.service)",
                        remedy: "add `\(requirement.service): 1` under `services:`"))
            }
        }
        if let cycle = findCycle() {
            problems.append(
                Problem(
                    at: Place(file: environment.file, line: 1, column: 1),
                    "services wait for each other: \(cycle.joined(separator: " -> "))",
                    remedy: "mark one of the requirements `wait: false`"))
        }
        checkNames()
    }

    private mutating func reportEmpty(_ needed: LaidOutService, neededBy service: LaidOutService) {
        let declaration = needed.declaration
        let standard = declaration.members.isEmpty ? needed.recipe.replicas.standard : declaration.members.count
        let isElsewhere = (declaration.replicas ?? standard) > 0
        let problem = Problem(
            at: declaration.place,
            "\(service.name) needs \(needed.name), which has no members\(isElsewhere ? " on this host" : "")",
            remedy: isElsewhere ? "give it one on \(Environment.here)" : "give it one: `\(needed.name): 1`")
        if !problems.contains(problem) { problems.append(problem) }
    }

    private mutating func checkNames() {
        var seen: [String: Place] = [:]
        for service in services {
            for member in service.members {
                let declared = service.declaration.members.first { $0.name == member.name }
                let place = declared?.place ?? service.declaration.place
                if let first = seen[member.name] {
                    problems.append(
                        Problem(
                            at: place, "two members are called \(member.name), the first at line \(first.line)",
                            remedy: "give it another name under `members:`"))
                }
                seen[member.name] = place
            }
        }
    }

    /// A chain of services that ends where it began; nil where there is none.
    private func findCycle() -> [String]? {
        var waits: [String: [String]] = [:]
        for service in services {
            waits[service.name] = service.recipe.requires.filter(\.waits).map(\.service)
        }
        var finished: Set<String> = []
        var path: [String] = []
        func visit(_ name: String) -> [String]? {
            if let start = path.firstIndex(of: name) { return Array(path[start...]) + [name] }
            if finished.contains(name) { return nil }
            path.append(name)
            for next in waits[name] ?? [] {
                if let cycle = visit(next) { return cycle }
            }
            path.removeLast()
            finished.insert(name)
            return nil
        }
        for service in services {
            if let cycle = visit(service.name) { return cycle }
        }
        return nil
    }

    /// Checks that no two services want the same port, that no two endpoints share a name, and that there is one front.
    mutating func checkPorts() {
        var inside: [Int: String] = [:]
        var outside: [Int: String] = [:]
        var datagrams: [Int: String] = [:]
        var endpoints: [String: String] = [:]
        for service in services {
            for endpoint in service.recipe.endpoints {
                if let other = endpoints.updateValue(service.name, forKey: endpoint.name) {
                    problems.append(
                        Problem(
                            at: service.declaration.place,
                            "\(service.name) and \(other) both offer an endpoint \(endpoint.name)"))
                }
                for port in endpoint.ports {
                    // The front listens on the port once, whether it is public or internal.
                    if claim(port, for: service, in: &inside), endpoint.isPublic {
                        claim(port, for: service, in: &outside)
                    }
                }
            }
            for (listener, port) in service.recipe.published.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
                // UDP and TCP have separate ports.
                if service.recipe.listeners.first(where: { $0.name == listener })?.transport == .udp {
                    claim(port, for: service, in: &datagrams)
                } else {
                    claim(port, for: service, in: &outside)
                }
            }
            if !service.recipe.published.isEmpty, service.members.count > 1 {
                problems.append(
                    Problem(
                        at: service.declaration.place,
                        "\(service.name) publishes a port of the host and can have one member only"))
            }
        }
        for service in services where service.recipe.isFront && service.members.count > 1 && !outside.isEmpty {
            let first = outside.keys.min() ?? 0
            problems.append(
                Problem(
                    at: service.declaration.place,
                    "\(service.name) has \(service.members.count) members on one host, which cannot all publish port "
                        + "\(first) of \(environment.access.address)",
                    remedy: "leave one"))
        }
        if services.filter(\.recipe.isFront).count > 1 {
            let names = services.filter(\.recipe.isFront).map(\.name).joined(separator: " and ")
            problems.append(
                Problem(at: services.first { $0.recipe.isFront }?.declaration.place, "\(names) are both fronts"))
        }
    }

    @discardableResult
    private mutating func claim(_ port: Int, for service: LaidOutService, in ports: inout [Int: String]) -> Bool {
        guard let other = ports.updateValue(service.name, forKey: port) else { return true }
        problems.append(
            Problem(at: service.declaration.place, "\(service.name) and \(other) both want port \(port)"))
        return false
    }
}
