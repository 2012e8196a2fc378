import Clouds
import Model
import OpenStack
import System

/// The result of the demo: the instance and the other objects, made by this run or an earlier one.
package struct DemoCreation: Sendable {
    package var instance: Nova.Server
    package var fixedAddress: String
    package var floatingAddress: String
    package var console: GuestConsole
    package var facts: GuestFacts
    package var objects: [DemoObject]
}

/// Makes an instance that is reached from outside, with all that it needs, and logs in to it.
///
/// Each object is looked for before it is made, so that a run after an interruption goes on where the last one stopped.
struct DemoBuild: Sendable {
    let cloud: DemoCloud
    let wishes: DemoWishes
    let patience: DemoPatience
    let steps: DemoSteps
    let shell: any DemoShell

    static let made = "made"
    static let found = "there already"

    func run() async throws -> DemoCreation {
        try await awaitAgents()
        async let image = image()
        async let flavor = flavor()
        async let keyPair = keyPair()
        let connection = try await connect()
        let (imageID, flavorID, keyPairName) = try await (image, flavor, keyPair)
        let server = try await instance(
            Nova.NewServer(
                name: DemoWishes.name, image: imageID, flavor: flavorID, keyPair: keyPairName, port: connection.port,
                metadata: [DemoCloud.markKey: String(cloud.mark.dropFirst(DemoCloud.markKey.count + 1))]))
        let active = try await awaitActive(server)
        try await awaitPort(connection.port)
        try await awaitFloatingIP(connection.floatingIP)
        let console = try await awaitConsole(active, address: connection.floatingAddress)
        let facts = try await logIn(to: connection.floatingAddress, console: console, instance: active)
        return DemoCreation(
            instance: active, fixedAddress: connection.fixedAddress, floatingAddress: connection.floatingAddress,
            console: console, facts: facts, objects: try await cloud.objects())
    }

    /// Waits for hosts and network agents: an instance that is asked for before they are up ends in ERROR.
    private func awaitAgents() async throws {
        try await steps.run("hosts for instances, and their networks") { step in
            let hosts = try await patience.wait(
                for: "a host that runs instances, and agents for its networks", in: step
            ) { () -> DemoLook<Int> in
                let up = try await cloud.nova.hypervisors().filter(\.isUp)
                if up.isEmpty { return .notYet("no host for instances is up") }
                let agents = try await cloud.neutron.agents().filter(\.isAlive)
                for kind in ["DHCP agent", "L3 agent"] where !agents.contains(where: { $0.type == kind }) {
                    return .notYet("no \(kind) is alive")
                }
                for host in up where !agents.contains(where: { $0.host == host.host }) {
                    return .notYet("no network agent is alive on \(host.host)")
                }
                return .over(up.count)
            }
            return ((), hosts == 1 ? "1 host" : "\(hosts) hosts")
        }
    }

    // MARK: Image, flavor, key pair

    private func image() async throws -> String {
        let wanted = wishes.image
        return try await steps.run("image \(wanted.name)") { step in
            let known = try await cloud.glance.images(tag: cloud.mark)
                .filter { $0.name == wanted.name && $0.source == wanted.source }
            if let image = known.first(where: { $0.status == "active" }) { return (image.id, Self.found) }
            // An image whose upload was cut off may not take another one.
            for image in known { try await delete(.image, image.id, image.name) }
            let limit = patience.limit
            let id = try await upload(wanted, step, limit: max(limit, .seconds(1800)))
            try await patience.wait(for: "image \(wanted.name) to become active", in: step) {
                () -> DemoLook<Void> in
                guard let image = try await cloud.glance.image(id) else {
                    return .hopeless(DemoFailure("image \(wanted.name) went while it was waited for"))
                }
                switch image.status {
                case "active": return .over(())
                case "killed", "deleted", "pending_delete":
                    return .hopeless(DemoFailure("image \(wanted.name) is \(image.status)"))
                default: return .notYet("it is \(image.status)")
                }
            }
            return (id, Self.made)
        }
    }

    private func upload(_ wanted: DemoImage, _ step: any WorkStep, limit: Duration) async throws -> String {
        let id = Locked("")
        step.say("getting it")
        try await wanted.withContent { content in
            let image = try await cloud.glance.create(
                name: wanted.name, format: content.format, tag: cloud.mark, source: wanted.source,
                properties: wanted.properties)
            guard let image else { throw DemoFailure("Glance did not say which image it made") }
            try await cloud.memory.remember(DemoObject(kind: .image, id: image.id, name: image.name))
            step.say("uploading it")
            try await cloud.glance.upload(content.body, to: image.id, limit: limit)
            id.withLock { $0 = image.id }
        }
        return id.value
    }

    private func flavor() async throws -> String {
        let name = DemoWishes.name
        return try await steps.run("flavor \(name)") { _ in
            let flavors = try await cloud.nova.flavors().filter { $0.description == cloud.mark && $0.name == name }
            if let flavor = flavors.first {
                if flavor.memory == wishes.memory { return (flavor.id, Self.found) }
                // Instances keep a copy of the flavor that they were made with.
                try await delete(.flavor, flavor.id, name)
            }
            let id = try await cloud.nova.createFlavor(
                name: name, memory: wishes.memory, processors: 1, disk: 0, description: cloud.mark)
            try await cloud.memory.remember(DemoObject(kind: .flavor, id: id, name: name))
            return (id, Self.made)
        }
    }

    private func keyPair() async throws -> String {
        let name = DemoWishes.name
        return try await steps.run("key pair \(name)") { _ in
            let text = "\(wishes.publicKey) \(cloud.mark)"
            if let known = try await cloud.nova.keyPairs().first(where: { $0.name == name }) {
                if known.publicKey == text { return (name, Self.found) }
                guard cloud.isMarked(known) else {
                    throw DemoFailure("there is a key pair \(name) that the demo did not make", remedy: "rename it")
                }
                // An instance that still has the old key is noticed when the demo logs in to it.
                try await delete(.keyPair, name, name)
            }
            try await cloud.nova.createKeyPair(name: name, publicKey: text)
            try await cloud.memory.remember(DemoObject(kind: .keyPair, id: name, name: name))
            return (name, Self.made)
        }
    }

    func delete(_ kind: DemoObject.Kind, _ id: String, _ name: String) async throws {
        let object = DemoObject(kind: kind, id: id, name: name)
        try await cloud.delete(object)
        try await cloud.memory.forget(object)
    }
}
