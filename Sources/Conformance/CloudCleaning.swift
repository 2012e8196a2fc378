import Model
import OpenStack
import System

/// An object that tests left and that could not be removed.
public struct Leftover: Sendable {
    /// The object.
    public let object: CloudInventory.Object
    /// The reason why it could not be removed.
    public let reason: String
}

extension TestedCloud {
    /// Waits until all objects are gone that tests created since an inventory, and returns those that are left at the
    /// limit.
    public func awaitLeftovers(
        since earlier: Value, within limit: Duration
    ) async throws -> [CloudInventory.Object] {
        let last = Locked<[CloudInventory.Object]>([])
        do {
            // Services remove many objects in the background.
            try await wait(every: .seconds(1), within: limit, for: "the tests' objects to be gone") {
                let left = try await inventory().leftovers(since: earlier)
                last.withLock { $0 = left }
                return left.isEmpty
            }
        } catch is TimedOut {}
        return last.value
    }

    /// Removes objects that tests left, and returns those that could not be removed.
    ///
    /// - Parameter limit: the time that the removal of one instance may take.
    public func remove(_ objects: [CloudInventory.Object], within limit: Duration) async throws -> [Leftover] {
        var failures: [CloudInventory.Object: String] = [:]
        // Objects on which others depend can be removed once those are gone: a network once its ports are.
        for attempt in 0..<3 where attempt == 0 || !failures.isEmpty {
            let wanted = attempt == 0 ? objects : objects.filter { failures[$0] != nil }
            failures = [:]
            for object in wanted {
                do {
                    try await remove(object, within: limit)
                } catch let failure as RESTFailure {
                    failures[object] = "\(failure)"
                } catch let failure as TimedOut {
                    failures[object] = "\(failure)"
                }
            }
        }
        return objects.compactMap { object in failures[object].map { Leftover(object: object, reason: $0) } }
    }

    private func remove(_ object: CloudInventory.Object, within limit: Duration) async throws {
        guard let service = service(object.kind.service) else { return }
        let path = "\(object.kind.path)/\(object.id.percentEncoded)"
        switch object.kind.words {
        case "instance":
            try await service.send("POST", "\(path)/action", ["forceDelete": nil], allowing: [404, 409])
            try await service.delete(path)
            try await wait(every: .seconds(1), within: limit, for: "\(object.words) to be gone") {
                try await service.show(path) == nil
            }
            return
        case "router":
            for port in try await service.list("/ports?device_id=\(object.id.percentEncoded)", "ports") ?? [] {
                guard let id = port["id"]?.string, port["device_owner"]?.string != "network:router_gateway" else {
                    continue
                }
                try await service.send(
                    "PUT", "\(path)/remove_router_interface", ["port_id": .string(id)], allowing: [404])
            }
        case "domain":
            try await service.send("PATCH", path, ["domain": ["enabled": false]], allowing: [404])
        case "aggregate":
            for host in try await service.show(path)?["aggregate"]?["hosts"]?.list ?? [] {
                try await service.send("POST", "\(path)/action", ["remove_host": ["host": host]], allowing: [404])
            }
        default: break
        }
        try await service.delete(path)
    }
}
