import Layouts
import Recipes
import Templates

extension Resolver {
    /// The certificates that the files of the environment have, each once. A file whose condition or names cannot be
    /// rendered is left out: rendering the file tells why.
    package func wantedCertificates() -> WantedCertificates {
        var wanted = WantedCertificates()
        var known: Set<[String]> = []
        for service in layout.services {
            let scope = scopes[service.name] ?? ServiceScope()
            for file in service.recipe.files where file.isCertificate {
                // Jobs that are done once run with the values of the service's first member.
                let isOfJobsAlone = file.receivers?.allSatisfy(jobsDoneOnce(by: service).contains) ?? false
                for member in isOfJobsAlone ? Array(service.members.prefix(1)) : service.members {
                    let scope = scope.scope(for: member)
                    guard (try? file.isThere(in: scope)) == true else { continue }
                    wanted.includesAuthority = wanted.includesAuthority || file.isAuthority
                    if let names = try? file.certificateNames(in: scope), known.insert(names).inserted {
                        wanted.names.append(names)
                    }
                }
            }
        }
        return wanted
    }

    private func jobsDoneOnce(by service: LaidOutService) -> Set<String> {
        Set(service.recipe.jobs.filter { $0.scope == .service }.map(\.name))
    }
}

extension FileRecipe {
    fileprivate var isAuthority: Bool { if case .authority = content { true } else { false } }

    fileprivate var isCertificate: Bool {
        switch content {
        case .authority, .certificate: true
        case .ini, .template: false
        }
    }

    /// Whether the file's condition holds.
    func isThere(in scope: Scope) throws -> Bool { try condition?.value(scope).isTruthy ?? true }

    /// The names of the certificate in the file; nil for another file.
    func certificateNames(in scope: Scope) throws -> [String]? {
        guard case .certificate(let names) = content else { return nil }
        return try names.map { try $0.render(scope) }.filter { !$0.isEmpty }
    }
}
