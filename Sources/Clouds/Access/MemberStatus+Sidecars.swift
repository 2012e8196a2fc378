extension MemberStatus {
    /// The states of members, each with those of its sidecars: one that is not well makes its member be so.
    package static func joiningSidecars(_ all: [MemberStatus]) -> [MemberStatus] {
        let sidecars = Dictionary(grouping: all.filter { $0.sidecarOf != nil }) { $0.sidecarOf ?? "" }
        return all.filter { $0.sidecarOf == nil }.map { member in
            var member = member
            member.sidecars = sidecars[member.name] ?? []
            for sidecar in member.sidecars where !sidecar.isWell {
                member.isWell = false
                member.answer += "; \(sidecar.name) is \(sidecar.state): \(sidecar.answer)"
            }
            return member
        }
    }
}
