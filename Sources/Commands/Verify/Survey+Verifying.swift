import Clouds
import Conformance
import DockerEngine
import Layouts
import Model
import Recipes
import Rendering

extension Survey {
    /// The name of the image of a recipe that is a tool rather than a service. Throws `Problems` where it is missing.
    func imageName(ofTool recipe: String) throws -> String {
        let environment = session.environment
        let release = environment.images.release ?? catalog.defaultRelease?.name ?? ""
        let name = Resolving.imageName(
            recipe: recipe, registry: environment.images.registry, prefix: environment.images.prefix,
            release: release, version: environment.images.version)
        guard observed.images[name] != nil else {
            throw Problems("image \(name) is missing", remedy: "build it with `minke build \(recipe)`")
        }
        return name
    }

    /// Reads the disk of the catalogue's guest, in qcow2.
    func guestDisk() async throws -> [UInt8] {
        let image = try imageName(ofTool: "guest")
        let labels = [
            Labels.environment: session.environment.name, Labels.role: ObservedContainer.Role.client.rawValue,
            Labels.member: "verify",
        ]
        return try await session.engine.guestDisk(of: image, labels: labels)
    }

    /// Whether Nova resizes an instance on the node where it is, which a cloud of one node needs.
    func resizesInPlace() throws -> Bool {
        let member = desired.members.first { $0.service == "nova-api" }
        let files = try member.map { try resolver.files(ofMember: $0.name) } ?? []
        return files.contains { file in
            file.text.split(separator: "\n").contains { line in
                let words = line.split(separator: "=").map { $0.filter { $0 != " " }.lowercased() }
                return words == ["allow_resize_to_same_host", "true"]
            }
        }
    }
}

extension CloudPreparation.Parts {
    /// Whether an object of the cloud was made for the tests.
    func has(_ object: CloudInventory.Object) -> Bool {
        images.contains(object.id) || flavors.contains(object.id) || external?.id == object.id
            || object.name == "\(CloudInventory.prefix)-external"
    }
}
