import Model

extension ObservedContainer {
    /// A container that runs as a member of an environment should.
    init(running member: DesiredMember, environment: String, manifest: Manifest) {
        self.init(id: "id-\(member.name)", name: "\(environment)-\(member.name)", host: member.identity.host)
        service = member.service
        self.member = member.name
        digest = member.digest
        state = .running
        isOnNetwork = true
        address = member.specification.addresses.first
        self.manifest = manifest
    }
}
