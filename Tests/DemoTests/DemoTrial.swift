import Clouds
import HTTP
import Model
import OpenStack
import System
import TestTools
import Testing

@testable import Demo

/// The shell of a guest that lets everybody in, unless it refuses.
struct FakeShell: DemoShell {
    var instance = "servers-"
    let cloud: FakeCloud
    var refuses: String?

    func run(_ command: String, on target: DemoShellTarget) async throws -> String {
        if let refuses { throw DemoFailure(refuses) }
        let server = cloud.state.value.objects["servers"]?.last?["id"]?.string ?? ""
        let told = instance == "servers-" ? server : instance
        return "hostname=minke-demo\nkeys=\(target.hostKeys)\nmetadata={\"uuid\": \"\(told)\"}\n"
    }
}

/// The records of the demo, kept between the runs of a test.
final class FakeMemory: DemoMemory {
    private let objects = Locked<[DemoObject]>([])

    func rememberedObjects() throws -> [DemoObject] { objects.value }
    func remember(_ object: DemoObject) throws { objects.withLock { $0.append(object) } }
    func forget(_ object: DemoObject) throws { objects.withLock { $0.removeAll { $0 == object } } }

    private let keys = Locked<[String: [String]]>([:])

    func rememberedKeys(ofInstance id: String) throws -> [String]? { keys.value[id] }
    func remember(keys new: [String], ofInstance id: String) throws { keys.withLock { $0[id] = new } }
}

/// A fake cloud with the demo's records and wishes.
struct DemoTrial {
    let cloud = FakeCloud()
    var memory = FakeMemory()
    var wishes: DemoWishes
    var shell: FakeShell

    init() {
        let image = DemoImage(
            name: "minke-guest", source: "sha256:1", isGuest: true, properties: [("hw_rng_model", "virtio")]
        ) { use in
            try await use(DemoImage.Content(body: .bytes([1, 2, 3]), format: "qcow2"))
        }
        wishes = DemoWishes(image: image, publicKey: "ssh-ed25519 AAAAown")
        wishes.external.subnet = IPv4Network(text: "198.18.18.0/24")
        shell = FakeShell(cloud: cloud)
    }

    /// A limit of forty tries, by a clock that takes no time.
    private static var patience: DemoPatience { DemoPatience(limit: .seconds(20), clock: SleepingClock()) }

    func demoCloud() async throws -> DemoCloud {
        try DemoCloud(try await cloud.keystone(), region: "RegionOne", environment: "trial", memory: memory)
    }

    @discardableResult
    func run() async throws -> (creation: DemoCreation, steps: [DemoSteps.Done]) {
        let steps = DemoSteps(NoProgress())
        let build = DemoBuild(
            cloud: try await demoCloud(), wishes: wishes,
            patience: Self.patience, steps: steps, shell: shell)
        return (try await build.run(), steps.done)
    }

    func clean() async throws -> (removed: [DemoObject], left: [DemoCleaning.Left]) {
        let cloud = try await demoCloud()
        let cleaning = DemoCleaning(
            cloud: cloud, patience: Self.patience, steps: DemoSteps(NoProgress()))
        return try await cleaning.remove(cloud.objects())
    }

    /// The number of objects of each kind in the cloud.
    var counts: [String: Int] { cloud.state.value.objects.mapValues(\.count).filter { $0.value > 0 } }

    /// The objects of a complete demo; the router's interface is a port as well.
    static let all = [
        "images": 1, "flavors": 1, "os-keypairs": 1, "security-groups": 1, "networks": 2, "subnets": 2, "routers": 1,
        "ports": 2, "servers": 1, "floatingips": 1,
    ]
}
