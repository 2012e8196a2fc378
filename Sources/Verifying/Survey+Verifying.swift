import Clouds
import Conformance

extension Survey {
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
