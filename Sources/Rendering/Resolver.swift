import Cryptography
import Layouts
import Model
import Recipes
import Templates

/// A pure computation of a laid out environment's desired state, with every file rendered: the same input gives the
/// same output.
package struct Resolver: Sendable {
    package let layout: Layout
    /// The values of secrets, by their keys (`Resolver.secretKey`).
    let secrets: [String: String]
    /// Images by their full references; their identities become part of specifications.
    let images: [String: ObservedImage]
    private(set) var certificates: Certificates
    let scopes: [String: ServiceScope]
    /// The jobs and grants of members whose condition does not hold.
    let omissions: Set<MemberWork>
    /// Problems of conditions, of jobs, sidecars and grants, that cannot be rendered.
    private let unclearConditions: [Problem]

    package init(
        layout: Layout, secrets: [String: String], images: [String: ObservedImage],
        certificates: Certificates = Certificates()
    ) {
        self.secrets = secrets
        self.images = images
        self.certificates = certificates
        scopes = ScopeBuilder(layout: layout, secrets: secrets, images: images).scopes()
        var layout = layout
        var problems: [Problem] = []
        var omissions: Set<MemberWork> = []
        for index in layout.services.indices {
            let scope = scopes[layout.services[index].name] ?? ServiceScope()
            do {
                try layout.services[index].recipe.leaveOut { try !$0.value(scope.scope).isTruthy }
                omissions.formUnion(try MemberWork.omitted(of: layout.services[index], scope))
            } catch {
                problems.append(Problem("\(layout.services[index].name): \(error)"))
            }
        }
        self.layout = layout
        self.omissions = omissions
        unclearConditions = problems
    }

    /// A resolver with a word in place of each secret and private key, but not of values that are generated and shown.
    /// The word should be of letters only, which no format escapes.
    package func replacingSecrets(with word: String) -> Resolver {
        let shown = Set(
            layout.services.flatMap { service in
                Self.secretKeys(service.recipe.generated, of: service).map(\.key)
            })
        return Resolver(
            layout: layout,
            secrets: Dictionary(
                secrets.map { ($0, shown.contains($0) ? $1 : word) }, uniquingKeysWith: { first, _ in first }),
            images: images,
            certificates: certificates.replacingKeys(with: word))
    }

    /// The resolver with certificates, which are made when it has named them (`wantedCertificates`).
    package func having(_ certificates: Certificates) -> Resolver {
        var resolver = self
        resolver.certificates = certificates
        return resolver
    }

    /// The certificate of the environment's authority; nil where no file has one of its certificates.
    package var authority: String? { certificates.authority }

    /// The desired state of the environment.
    ///
    /// - Throws: `Problems` where a template cannot be rendered.
    package func desiredState() throws -> DesiredState {
        let environment = layout.environment
        var state = DesiredState(environment: environment.name, networks: networks)
        state.missing = layout.missing
        state.notes = layout.notes
        var problems = unclearConditions
        for service in layout.services {
            do {
                let renderer = try renderer(for: service)
                state.members += try members(of: service, renderer: renderer)
                state.jobs += try jobs(of: service, renderer: renderer)
                state.grants += try grants(of: service)
                state.leaving[service.name] = service.recipe.leaving
                if let teller = teller(service) { state.tellers.append(teller) }
                if let registration = try registration(of: service) { state.registrations.append(registration) }
            } catch let error as Problems {
                problems += error.all
            }
        }
        if !problems.isEmpty { throw Problems(problems) }
        awaitLinks(in: &state)
        return state
    }

    /// The networks of each host, the environment's own first.
    public var networks: [String: [NetworkSpecification]] {
        let environment = layout.environment
        var networks: [String: [NetworkSpecification]] = [:]
        for name in [Environment.here] + environment.reachableHosts.map(\.name) {
            networks[name] = environment.index(ofHost: name).map(self.networks(ofHost:))
        }
        return networks
    }

    /// The networks of a host, given by its index among the reachable ones; the environment's own is the first.
    private func networks(ofHost index: Int) -> [NetworkSpecification] {
        let environment = layout.environment
        return environment.namedNetworks.map { name, network in
            NetworkSpecification(
                name: name, subnet: network.subnet, gateway: network.gateway(ofHost: index, in: environment),
                mtu: network.mtu ?? environment.network.mtu, range: network.range(ofHost: index, in: environment))
        }
    }

    /// Makes members and jobs on other hosts wait for the members that link the networks.
    private func awaitLinks(in state: inout DesiredState) {
        let links = layout.services.filter(\.recipe.linksHosts).flatMap { $0.members.map { Milestone.member($0.name) } }
        if links.isEmpty { return }
        for index in state.members.indices
        where state.members[index].identity.host != Environment.here && state.members[index].specification.hasNetwork {
            state.members[index].after += links
        }
        for index in state.jobs.indices where state.jobs[index].host != Environment.here {
            state.jobs[index].after += links
        }
    }

    /// The files of one member or sidecar, whose digests its `DesiredMember` has.
    package func files(ofMember name: String) throws -> [RenderedFile] {
        for service in layout.services {
            for member in service.members {
                if member.name == name { return try renderer(for: service).files(for: member, job: nil) }
                guard name.hasPrefix("\(member.name).") else { continue }
                for sidecar in service.recipe.sidecars
                where DesiredMember.name(ofSidecar: sidecar.name, of: member.name) == name {
                    return try renderer(for: service).files(for: member, sidecar: sidecar)
                }
            }
        }
        return []
    }

    /// The files of a job's container.
    package func files(of job: DesiredJob) throws -> [RenderedFile] {
        guard let service = layout.service(job.service),
            let member = service.members.first(where: { job.member == nil || $0.name == job.member })
        else { return [] }
        return try renderer(for: service).files(for: member, job: job.name)
    }

    func renderer(for service: LaidOutService) throws -> FileRenderer {
        try FileRenderer(
            service: service, scope: scopes[service.name] ?? ServiceScope(), certificates: certificates)
    }
}
