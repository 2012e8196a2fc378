import Documents
import Model

extension RecipeCheck {
    func checkSidecars(_ service: ServiceRecipe) {
        for sidecar in service.sidecars {
            let place = document.keyPlace("service", "sidecars", sidecar.name)
            if names.jobs.contains(sidecar.name) {
                problems.add(
                    at: place, "sidecar \(sidecar.name) has the name of a job",
                    remedy: "give it another, so that a file can be `for` one of both")
            }
            if sidecar.name == Slot.b.rawValue {
                problems.add(
                    at: place, "a sidecar cannot be called \(sidecar.name): containers in a member's second place are",
                    remedy: "give it another name")
            }
            checkFiles(of: sidecar, service)
        }
    }

    private func checkFiles(of sidecar: SidecarRecipe, _ service: ServiceRecipe) {
        let items = document.node["service"]?["sidecars"]?[sidecar.name]?["files"]?.items
        let known = (document.node["service"]?["files"]?.entries ?? []).map(\.key)
        for (index, path) in (sidecar.files ?? []).enumerated() {
            let place = items?[index].place
            expect(path, among: known, "file", at: place)
            guard let file = service.files.first(where: { $0.path == path }), let receivers = file.receivers else {
                continue
            }
            problems.add(
                at: place, "file \(path) is only for \(receivers.joined(separator: ", "))",
                remedy: receivers.contains(sidecar.name)
                    ? "leave it out here: sidecar \(sidecar.name) has it anyway"
                    : "name sidecar \(sidecar.name) under the file's `for`")
        }
    }
}
