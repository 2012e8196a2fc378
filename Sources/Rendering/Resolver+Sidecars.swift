import Cryptography
import Layouts
import Model
import Recipes

extension Resolver {
    /// The sidecars of a member, each with a container of its own in the namespaces of the member's.
    func sidecars(
        of member: DesiredMember, _ laidOut: LaidOutMember, _ service: LaidOutService, _ renderer: FileRenderer
    ) throws -> [DesiredMember] {
        try service.recipe.sidecars.map { recipe in
            let files = try renderer.files(for: laidOut, sidecar: recipe).map(\.digest)
            let name = DesiredMember.name(ofSidecar: recipe.name, of: member.name)
            var sidecar = DesiredMember(
                identity: identity(name, like: laidOut), service: service.name, recipe: service.recipeName,
                specification: member.specification.sidecar(recipe, of: member.name))
            sidecar.specification.hasFiles = !files.isEmpty
            if let probe = recipe.probe, case .exec(let arguments) = probe.method {
                let command = try rendered(arguments, for: laidOut, of: service)
                sidecar.probe = Probe(method: .exec(command), timeout: probe.timeout, within: probe.within)
                sidecar.specification.health = probe.every.map {
                    .init(command: command, interval: $0, timeout: probe.timeout, startPeriod: probe.within)
                }
            }
            sidecar.digest = SHA256.hex(of: JSON.text(.map(sidecar.specification.parts)))
            sidecar.files = files
            sidecar.reload = recipe.reload
            sidecar.sidecarOf = member.name
            sidecar.labels[Labels.sidecarOf] = member.name
            sidecar.after = [.member(member.name)]
            return sidecar
        }
    }
}

extension ContainerSpecification {
    /// The specification of a sidecar beside a container of this one.
    fileprivate func sidecar(_ recipe: SidecarRecipe, of member: String) -> ContainerSpecification {
        var specification = self
        specification.command = recipe.command
        // The kernel ends all processes of a process namespace with its first one, so that no sidecar is left behind in
        // a network namespace that its member has no more.
        specification.pod = member
        specification.sharesProcesses = true
        specification.addresses = []
        specification.macAddress = nil
        specification.aliases = []
        specification.attachments = []
        specification.ports = []
        // These belong to the network namespace, which is the member's.
        specification.sysctls = sysctls.filter { !$0.key.hasPrefix("net.") }
        specification.memory = recipe.memory?.bytes ?? memory
        specification.stopSignal = recipe.stopSignal ?? stopSignal
        specification.grace = recipe.grace ?? grace
        specification.health = nil
        return specification
    }
}
