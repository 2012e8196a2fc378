import Clouds
import Model
import OpenStack
import System

/// Removes what the demo made, and nothing else.
package struct DemoCleaning: Sendable {
    /// An object that could not be removed, with the reason.
    package struct Left: Sendable {
        package let object: DemoObject
        package let reason: String
    }

    let cloud: DemoCloud
    let patience: DemoPatience
    let steps: DemoSteps

    /// Removes objects in the reverse order of their making, and goes on where one cannot be removed.
    package func remove(_ objects: [DemoObject]) async throws -> (removed: [DemoObject], left: [Left]) {
        var removed: [DemoObject] = []
        var left: [Left] = []
        let subnets = objects.filter { $0.kind == .subnet }.map(\.id)
        for object in objects.sorted(by: { $0.kind > $1.kind }) {
            do {
                try await steps.run("remove \(object.kind.words) \(object.name)") { step in
                    try await remove(object, subnets: subnets, step)
                    return ((), nil)
                }
                try await cloud.memory.forget(object)
                removed.append(object)
            } catch let failure as RESTFailure {
                left.append(Left(object: object, reason: "\(failure)"))
            } catch let failure as TimedOut {
                left.append(Left(object: object, reason: "\(failure)"))
            }
        }
        return (removed, left)
    }

    private func remove(_ object: DemoObject, subnets: [String], _ step: any WorkStep) async throws {
        if object.kind == .router {
            let ports = try await cloud.neutron.list(.port, where: [("device_id", object.id)])
            let joined = Set(
                ports.flatMap { $0.fields["fixed_ips"]?.list?.compactMap { $0["subnet_id"]?.string } ?? [] })
            // The gateway's address, in the external subnet, goes with the router.
            for subnet in subnets where joined.contains(subnet) {
                try await cloud.neutron.removeInterface(subnet: subnet, from: object.id)
            }
        }
        try await cloud.delete(object)
        if object.kind == .instance { try await cloud.awaitEnd(ofInstance: object.id, patience, in: step) }
    }

    /// Forgets remembered objects that no longer exist.
    func forgetGone(_ objects: [DemoObject]) async throws {
        let there = Set(objects)
        for object in try await cloud.memory.rememberedObjects() where !there.contains(object) {
            try await cloud.memory.forget(object)
        }
    }
}
