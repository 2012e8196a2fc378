import Documents
import Model
import Templates

extension RecipeReading {
    func sidecar(_ name: String, _ reader: MappingReader) -> SidecarRecipe? {
        let command = reader.required("command", .command)
        let files = reader.optional("files", .list(of: .relativePath))
        let memory = reader.optional("memory", .memory)
        let grace = reader.optional("grace", .duration)
        let stopSignal = reader.optional("stop-signal", .signal)
        // A sidecar has no listeners, so that only a command inside can ask it.
        let probe = reader.optional(
            "probe",
            .object { [self] probe in
                self.probe(probe, probe.required("exec", commandTemplate).map { .exec($0) })
            })
        let reload = reader.optional("reload", .object { self.reload($0) })
        let condition = reader.optional("when", template)
        guard let command else { return nil }
        var sidecar = SidecarRecipe(name: name, command: command)
        sidecar.files = files
        sidecar.memory = memory
        sidecar.grace = grace
        sidecar.stopSignal = stopSignal
        sidecar.probe = probe
        sidecar.reload = reload
        sidecar.condition = condition
        return sidecar
    }
}
