import Clouds
import Conformance
import Demo
import Model

extension VerifyRun {
    /// The file of the cloud's authority in the suite's container; nil for a cloud without TLS.
    func authorityFile() throws -> String? {
        try Credentials(survey).usesTLS ? SuiteContainer.authorityFile : nil
    }

    /// Makes what the tests need of the cloud, and configures the suite with it.
    func prepare(
        _ cloud: TestedCloud, _ suite: SuiteContainer.Running, disk: [UInt8], at url: String
    ) async throws -> CloudPreparation.Parts {
        let external = survey.session.environment.demoExternal
        let network = external.subnet.map { subnet in
            CloudPreparation.External(
                physicalNetwork: external.physicalNetwork, subnet: subnet,
                gateway: external.gateway ?? subnet.firstHost, pool: external.pool(of: subnet))
        }
        let parts = try await CloudPreparation(cloud: cloud, external: network).run(disk: disk)
        var features = try await cloud.features()
        features.hasConsoles = survey.desired.members.contains { $0.service == "nova-novncproxy" }
        features.resizesInPlace = try survey.resizesInPlace()
        let credentials = try Credentials(survey)
        let login = credentials.login
        let authorityFile = try authorityFile()
        let configuration = TempestConfiguration(
            login: .init(
                url: login.publicURL, user: login.user, password: login.password, project: login.project,
                region: login.region, authorityFile: authorityFile),
            features: features, parts: parts, folder: SuiteContainer.folder, imageURL: url)
        let authority = authorityFile == nil ? nil : credentials.authority
        try await suite.configure(configuration.text, authority: authority, disk: disk)
        return parts
    }

    /// Removes what was made for the tests, then what the tests left, and returns the latter.
    func cleanUp(
        _ cloud: TestedCloud, parts: CloudPreparation.Parts, since baseline: Value
    ) async throws -> [TestReport.Left] {
        let own = try await cloud.inventory().leftovers(since: baseline).filter { parts.has($0) }
        let stuck = try await cloud.remove(own, within: Self.patience)
        let left = try await cloud.awaitLeftovers(since: baseline, within: Self.patience)
        let failures = try await cloud.remove(left, within: Self.patience)
        if failures.isEmpty, stuck.isEmpty { try record.forgetBaseline() }
        return left.map { object in
            TestReport.Left(object: object, reason: failures.first { $0.object == object }?.reason)
        }
    }
}
