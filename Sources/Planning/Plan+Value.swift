import Model

extension Plan {
    /// The whole graph, as `plan --json` prints it and `up --plan` reads it.
    public func value(basis: (Step) -> String) -> Value {
        .map(
            ValueMap([
                ("environment", .string(environment)), ("here", .string(here)),
                ("steps", .list(steps.enumerated().map { $0.element.value(number: $0.offset, basis: basis) })),
                ("missing", .list(missing.map(Value.string))), ("notes", .list(notes.map(Value.string))),
            ]))
    }

    /// Reads a saved plan and the basis of each of its steps. Throws `Problems` where the value is no plan.
    public static func read(_ value: Value) throws -> (plan: Plan, bases: [String]) {
        guard let environment = value["environment"]?.string, let here = value["here"]?.string,
            let list = value["steps"]?.list
        else {
            throw Problems("this is no plan", remedy: "save one with `minke plan --json > plan.json`")
        }
        var plan = Plan(environment: environment, here: here)
        plan.missing = value["missing"]?.list?.compactMap(\.string) ?? []
        var bases: [String] = []
        plan.notes = value["notes"]?.list?.compactMap(\.string) ?? []
        for item in list {
            guard let step = Step(item) else {
                throw Problems("step \(bases.count) of the plan cannot be read", remedy: "save the plan again")
            }
            plan.append(step)
            bases.append(item["basis"]?.string ?? "")
        }
        for (number, step) in plan.steps.enumerated() where step.after.contains(where: { $0 < 0 || $0 >= number }) {
            throw Problems("step \(number) of the plan waits for a later one", remedy: "save the plan again")
        }
        return (plan, bases)
    }
}

extension Step {
    func value(number: Int, basis: (Step) -> String) -> Value {
        var map = ValueMap([("number", .int(number)), ("title", .string(title)), ("reason", .string(reason))])
        for (key, value) in action.fields { map[key] = value }
        if let interrupts { map["interrupts"] = .string(interrupts) }
        if let destroys { map["destroys"] = .string(destroys) }
        if let without { map["without"] = .string(without) }
        map["after"] = .list(after.map(Value.int))
        map["host"] = .string(host)
        map["milestone"] = .string(Planner.recordKey(milestone))
        map["basis"] = .string(basis(self))
        return .map(map)
    }

    init?(_ value: Value) {
        guard let action = Action(value), let reason = value["reason"]?.string, let host = value["host"]?.string else {
            return nil
        }
        self.init(
            action, reason: reason, interrupts: value["interrupts"]?.string, destroys: value["destroys"]?.string,
            without: value["without"]?.string, after: value["after"]?.list?.compactMap(\.int) ?? [],
            host: host)
    }
}

extension Action {
    var fields: [(String, Value)] {
        switch self {
        case .createNetwork(let network):
            [
                ("action", "create-network"), ("network", .string(network.name)),
                ("subnet", .string(network.subnet.description)), ("gateway", .string(network.gateway.description)),
                ("mtu", network.mtu.map(Value.int) ?? .null), ("range", .string(network.range.description)),
            ]
        case .removeNetwork(let name): [("action", "remove-network"), ("network", .string(name))]
        case .attach(let interface, let network):
            [("action", "attach"), ("interface", .string(interface)), ("network", .string(network))]
        case .copyImages(let names): [("action", "copy-images"), ("images", .list(names.map(Value.string)))]
        case .create(let member, let slot, let leftover):
            [
                ("action", "create"), ("member", .string(member)), ("slot", .string(slot.rawValue)),
                ("leftover", leftover.map(Value.string) ?? .null),
            ]
        case .verify(let member, let container): Self.fields("verify", member, container)
        case .keep(let member, let container): Self.fields("keep", member, container)
        case .start(let member, let container): Self.fields("start", member, container)
        case .remove(let member, let container): Self.fields("remove", member, container)
        case .stop(let member, let container): Self.fields("stop", member, container)
        case .vacate(let member, let container): Self.fields("vacate", member, container)
        case .restart(let member, let container): Self.fields("restart", member, container)
        case .rename(let member, let container, let name):
            Self.fields("rename", member, container) + [("name", .string(name))]
        case .replace(let member, let slot, let old, let replacement, let order):
            [
                ("action", "replace"), ("member", .string(member)), ("slot", .string(slot.rawValue)),
                ("old", .list(old.map(Value.string))), ("replacement", replacement.map(Value.string) ?? .null),
                ("order", .string(order.rawValue)),
            ]
        case .configure(let member, let container, let files, let cost):
            Self.fields("configure", member, container) + [
                ("files", .list(files.map(Value.string))), ("cost", .string(cost.rawValue)),
            ]
        case .runJob(let service, let name, let member):
            [("action", "run-job"), ("service", .string(service)), ("job", .string(name))] + Self.fields(for: member)
        case .grant(let service, let requirement, let member):
            [("action", "grant"), ("service", .string(service)), ("requirement", .string(requirement))]
                + Self.fields(for: member)
        case .register(let service): [("action", "register"), ("service", .string(service))]
        case .removeVolume(let name): [("action", "remove-volume"), ("volume", .string(name))]
        case .withdraw(let departure, let teller):
            [
                ("action", "withdraw"), ("member", .string(departure.member)),
                ("service", .string(departure.service)), ("hostname", .string(departure.hostname)),
                ("teller", .string(teller)),
            ]
        case .deregister(let service): [("action", "deregister"), ("service", .string(service))]
        }
    }

    private static func fields(_ action: String, _ member: String, _ container: String) -> [(String, Value)] {
        [("action", .string(action)), ("member", .string(member)), ("container", .string(container))]
    }

    /// The member that a job or grant is for, where it is for one.
    private static func fields(for member: String?) -> [(String, Value)] {
        member.map { [("member", .string($0))] } ?? []
    }

    init?(_ value: Value) {
        func text(_ key: String) -> String? { value[key]?.string }
        let slot = text("slot").flatMap(Slot.init(rawValue:))
        switch (text("action"), text("member"), text("container")) {
        case ("create-network", _, _):
            guard let name = text("network"), let subnet = text("subnet").flatMap({ IPv4Network(text: $0) }),
                let gateway = text("gateway").flatMap({ IPv4Address(text: $0) })
            else { return nil }
            self = .createNetwork(
                NetworkSpecification(
                    name: name, subnet: subnet, gateway: gateway, mtu: value["mtu"]?.int,
                    range: text("range").flatMap { IPv4Network(text: $0) }))
        case ("remove-network", _, _):
            guard let name = text("network") else { return nil }
            self = .removeNetwork(name: name)
        case ("attach", _, _):
            guard let interface = text("interface"), let network = text("network") else { return nil }
            self = .attach(interface: interface, network: network)
        case ("copy-images", _, _):
            guard let names = value["images"]?.list else { return nil }
            self = .copyImages(names.compactMap(\.string))
        case ("create", let member?, _):
            guard let slot else { return nil }
            self = .create(member: member, slot: slot, leftover: text("leftover"))
        case ("verify", let member?, let container?): self = .verify(member: member, container: container)
        case ("keep", let member?, let container?): self = .keep(member: member, container: container)
        case ("start", let member?, let container?): self = .start(member: member, container: container)
        case ("remove", let member?, let container?): self = .remove(member: member, container: container)
        case ("stop", let member?, let container?): self = .stop(member: member, container: container)
        case ("vacate", let member?, let container?): self = .vacate(member: member, container: container)
        case ("restart", let member?, let container?): self = .restart(member: member, container: container)
        case ("rename", let member?, let container?):
            guard let name = text("name") else { return nil }
            self = .rename(member: member, container: container, name: name)
        case ("replace", let member?, _):
            guard let slot, let order = text("order").flatMap(Replacement.init(rawValue:)) else { return nil }
            self = .replace(
                member: member, slot: slot, old: value["old"]?.list?.compactMap(\.string) ?? [],
                replacement: text("replacement"), order: order)
        case ("configure", let member?, let container?):
            guard let cost = text("cost").flatMap(ChangeCost.init(rawValue:)) else { return nil }
            self = .configure(
                member: member, container: container, files: value["files"]?.list?.compactMap(\.string) ?? [],
                cost: cost)
        case ("run-job", _, _):
            guard let service = text("service"), let job = text("job") else { return nil }
            self = .runJob(service: service, name: job, member: text("member"))
        case ("grant", _, _):
            guard let service = text("service"), let requirement = text("requirement") else { return nil }
            self = .grant(service: service, requirement: requirement, member: text("member"))
        case ("register", _, _):
            guard let service = text("service") else { return nil }
            self = .register(service: service)
        case ("remove-volume", _, _):
            guard let volume = text("volume") else { return nil }
            self = .removeVolume(name: volume)
        case ("withdraw", let member?, _):
            guard let service = text("service"), let hostname = text("hostname"), let teller = text("teller") else {
                return nil
            }
            self = .withdraw(Departure(member: member, service: service, hostname: hostname), teller: teller)
        case ("deregister", _, _):
            guard let service = text("service") else { return nil }
            self = .deregister(service: service)
        default: return nil
        }
    }
}
