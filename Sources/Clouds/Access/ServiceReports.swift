import HTTP
import Layouts
import Model
import OpenStack
import Recipes
import Rendering

/// The reports of a cloud's APIs on its services, each asked for as its recipe says.
package struct ServiceReports: Sendable {
    /// One entry of a report.
    package struct Entry: Sendable, Hashable {
        package var service: String
        package var host: String
        package var isUp: Bool
        package var since: String?
        /// The service whose API says so.
        package var teller: String
    }

    private(set) var entries: [Entry] = []
    /// The services' versions, by the services' names.
    private(set) var versions: [String: String] = [:]
    /// The questions that were not answered, with reasons.
    private(set) var failures: [String] = []

    /// Asks every API that a recipe names for its version or its reports; asks nothing where no recipe names any.
    package init(_ survey: Survey) async {
        let client = HTTPRESTClient(timeLimit: .seconds(10))
        let layout = survey.resolver.layout
        let endpoints = Dictionary(layout.endpoints().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for service in layout.services where !service.members.isEmpty {
            guard let version = service.recipe.version, let endpoint = endpoints[version.endpoint] else { continue }
            let url = endpoint.internalBase + version.path
            // An API that does not answer at all is reported by its members' probes.
            guard let answer = try? await client.request("GET", url, token: nil, body: nil) else { continue }
            versions[service.name] = Self.find(version.field, in: answer.body)
        }
        let tellers = layout.services.filter { !$0.recipe.reports.isEmpty && !$0.members.isEmpty }
        guard !tellers.isEmpty else { return }
        do {
            guard let login = try survey.resolver.administration() else { return }
            let keystone = try await Keystone(
                url: login.internalURL, user: login.user, password: login.password, project: login.project,
                client: client)
            for service in tellers {
                for report in service.recipe.reports {
                    guard let endpoint = endpoints[report.endpoint] else { continue }
                    await read(report, at: endpoint, of: service.name, with: keystone)
                }
            }
        } catch {
            failures.append("nothing can be asked without a token: \(error)")
        }
    }

    /// Creates reports from entries that were read already.
    package init(entries: [Entry], versions: [String: String] = [:]) {
        self.entries = entries
        self.versions = versions
    }

    private mutating func read(
        _ report: ReportRecipe, at endpoint: EndpointAddress, of service: String, with keystone: Keystone
    ) async {
        do {
            for entry in try await keystone.entries(keystone.url(of: report, at: endpoint), list: report.list) {
                entries.append(
                    Entry(
                        service: entry[report.service]?.string ?? "", host: entry[report.host]?.string ?? "",
                        isUp: entry[report.isUp].map(Self.isTrue) ?? false,
                        since: report.since.flatMap { entry[$0]?.string }, teller: service))
            }
        } catch {
            failures.append("\(service) does not report its \(report.name): \(error)")
        }
    }

    /// The report on a service of a host, in words as well; nil where no API reports on the service.
    package func told(of service: String, on host: String) -> (words: String, isUp: Bool, since: String?)? {
        let own = entries.filter { $0.service == service }
        guard let teller = own.first?.teller else { return nil }
        // A service may report each of its processes, and those that were there before them.
        let here = own.filter { $0.host == host }
        guard let entry = here.first(where: \.isUp) ?? here.first else {
            return ("\(teller) does not know it", false, nil)
        }
        return ("\(teller) says it is \(entry.isUp ? "up" : "down")", entry.isUp, entry.since)
    }

    /// Adds the version and the report of a member to its status.
    package func complete(_ member: inout MemberStatus) {
        member.version = versions[member.service]
        guard let told = told(of: member.service, on: member.hostname) else { return }
        member.report = told.words
        member.since = told.since
        member.isWell = member.isWell && told.isUp
    }

    private static func isTrue(_ value: Value) -> Bool {
        value.bool ?? (value.string.map { $0.lowercased() == "up" || $0.lowercased() == "true" } ?? false)
    }

    /// The text at the end of a path of keys and indices; nil where there is none.
    package static func find(_ path: [String], in value: Value) -> String? {
        var current = value
        for part in path {
            let next =
                if let list = current.list {
                    part == "*" ? list.last : Int(part).flatMap { list.indices.contains($0) ? list[$0] : nil }
                } else {
                    current[part]
                }
            guard let next else { return nil }
            current = next
        }
        return current.string
    }
}

extension Keystone {
    /// The URL of a report, whose endpoint has the given address.
    func url(of report: ReportRecipe, at endpoint: EndpointAddress) -> String {
        url(endpoint.internalURL + report.path)
    }
}
