import Clouds
import Model
import OpenStack
import System

extension DemoBuild {
    /// Makes the instance, starts it where it is shut off, or makes it anew where it is in ERROR; returns its id.
    func instance(_ wanted: Nova.NewServer) async throws -> String {
        try await steps.run("instance \(wanted.name)") { step in
            var note = Self.made
            let known = try await cloud.nova.servers().first { $0.name == wanted.name && cloud.isMarked($0) }
            if let known {
                if known.status == "ERROR" {
                    note = "made anew; the last one was in ERROR: \(known.fault ?? "nobody said why")"
                    step.say("removing the last one, which is in ERROR")
                    try await delete(.instance, known.id, known.name)
                    try await cloud.awaitEnd(ofInstance: known.id, patience, in: step)
                } else {
                    if let image = known.image, image != wanted.image {
                        throw DemoFailure(
                            "instance \(wanted.name) was made from another image than \(wishes.image.name)",
                            remedy: "remove it first with `minke demo --clean`")
                    }
                    if known.status == "SHUTOFF", known.task == nil {
                        try await cloud.nova.start(known.id)
                        return (known.id, "started again")
                    }
                    return (known.id, Self.found)
                }
            }
            let id = try await cloud.nova.create(wanted)
            try await cloud.memory.remember(DemoObject(kind: .instance, id: id, name: wanted.name))
            return (id, note)
        }
    }

    func awaitActive(_ id: String) async throws -> Nova.Server {
        try await steps.run("instance \(DemoWishes.name) becomes ACTIVE") { step in
            let server = try await patience.wait(for: "instance \(DemoWishes.name) to become ACTIVE", in: step) {
                () -> DemoLook<Nova.Server> in
                guard let server = try await cloud.nova.server(id) else {
                    return .hopeless(DemoFailure("instance \(DemoWishes.name) went while it was waited for"))
                }
                switch server.status {
                case "ACTIVE": return .over(server)
                case "ERROR":
                    return .hopeless(
                        DemoFailure(
                            "instance \(server.name) is in ERROR: \(server.fault ?? "nobody said why")",
                            remedy: "the logs of nova-conductor and nova-compute say more; "
                                + "the next `minke demo` makes the instance anew"))
                default:
                    return .notYet("it is \(server.status)" + (server.task.map { " (\($0))" } ?? ""))
                }
            }
            return (server, server.host.map { "on \($0)" })
        }
    }

    func awaitPort(_ id: String) async throws {
        try await awaitStatus(.port, id, "port \(DemoWishes.name)")
    }

    func awaitFloatingIP(_ id: String) async throws {
        try await awaitStatus(.floatingIP, id, "floating IP")
    }

    private func awaitStatus(_ kind: Neutron.Kind, _ id: String, _ name: String) async throws {
        try await steps.run("\(name) becomes ACTIVE") { step in
            try await patience.wait(for: "\(name) to become ACTIVE", in: step) { () -> DemoLook<Void> in
                guard let object = try await cloud.neutron.show(kind, id) else {
                    return .hopeless(DemoFailure("\(name) went while it was waited for"))
                }
                return object.status == "ACTIVE" ? .over(()) : .notYet("it is \(object.status)")
            }
            return ((), nil)
        }
    }

    /// Waits until the guest says on its console that it is ready, and returns the console. A guest that was moved or
    /// woken has a new console and does not say so again; then a login by the keys that it showed earlier counts.
    func awaitConsole(_ server: Nova.Server, address: String) async throws -> GuestConsole {
        try await steps.run("the guest says on its console that it is ready") { step in
            let earlier = try await cloud.memory.rememberedKeys(ofInstance: server.id)
            let former = Locked<[String]?>(nil)
            let (console, note) = try await patience.wait(
                for: "the guest to say on its console that it is ready", in: step
            ) { () -> DemoLook<(GuestConsole, String?)> in
                var console = GuestConsole(try await cloud.nova.console(of: server.id))
                if console.isReady {
                    try await cloud.memory.remember(keys: console.hostKeys, ofInstance: server.id)
                    return .over((console, nil))
                }
                // The instance may have ended meanwhile.
                if let now = try await cloud.nova.server(server.id), now.status != "ACTIVE" {
                    return .hopeless(
                        DemoFailure("instance \(server.name) is \(now.status)" + (now.fault.map { ": \($0)" } ?? "")))
                }
                if let earlier, former.value == console.lines, await lets(in: address, keys: earlier) {
                    console.earlierKeys = earlier
                    return .over((console, Self.saidBefore))
                }
                former.withLock { $0 = console.lines }
                return .notYet(console.end(1).first.map { "the last line is: \($0)" } ?? "the console is empty")
            }
            return (console, note)
        }
    }

    private static let saidBefore = "it said so before it was moved or woken, and lets its owner in"

    private func lets(in address: String, keys: [String]) async -> Bool {
        let target = DemoShellTarget(address: address, user: wishes.user, hostKeys: keys)
        return (try? await shell.run("true", on: target)) != nil
    }

    /// Logs in to the guest over ssh, and returns the facts that it tells of itself.
    func logIn(to address: String, console: GuestConsole, instance: Nova.Server) async throws -> GuestFacts {
        let target = DemoShellTarget(address: address, user: wishes.user, hostKeys: console.hostKeys)
        return try await steps.run("log in to \(wishes.user)@\(address)") { step in
            let facts = try await patience.wait(for: "ssh to let \(wishes.user) in at \(address)", in: step) {
                () -> DemoLook<GuestFacts> in
                let facts = GuestFacts(try await shell.run(GuestFacts.command, on: target))
                guard let told = facts.instance else {
                    // Guests of other images may have no program to ask the metadata service with.
                    return wishes.image.isGuest
                        ? .notYet("the metadata service does not answer the guest") : .over(facts)
                }
                guard told == instance.id else {
                    return .hopeless(
                        DemoFailure(
                            "the metadata service tells the guest that it is instance \(told), not \(instance.id)"))
                }
                return .over(facts)
            }
            return (facts, nil)
        }
    }
}

extension DemoCloud {
    /// Waits until Nova has no instance of an id any more.
    func awaitEnd(ofInstance id: String, _ patience: DemoPatience, in step: any WorkStep) async throws {
        try await patience.wait(for: "instance \(DemoWishes.name) to end", in: step) { () -> DemoLook<Void> in
            guard let server = try await nova.server(id) else { return .over(()) }
            return .notYet("it is \(server.status)" + (server.task.map { " (\($0))" } ?? ""))
        }
    }
}
