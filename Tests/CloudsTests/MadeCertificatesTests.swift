import Cryptography
import Model
import Rendering
import TestEnvironments
import TestStorage
import Testing

@testable import Clouds

@Suite struct MadeCertificatesTests {
    private static let environment = "lab"

    private func wanted(_ names: String...) -> WantedCertificates {
        var wanted = WantedCertificates()
        wanted.names = names.map { [$0] }
        return wanted
    }

    /// The secrets of an environment with an authority, and certificates that end in these days.
    private func kept(_ days: [String: Int]) throws -> [String: String] {
        let authority = try CertificateAuthority.make(commonName: "Minke lab")
        var secrets = ["tls/authority": authority.pem]
        for (name, days) in days { secrets["tls/\(name)"] = try authority.issue(names: [name], days: days) }
        return secrets
    }

    private func made(_ wanted: WantedCertificates, _ kept: [String: String]) throws -> MadeCertificates {
        try MadeCertificates(wanted, kept: kept, environment: Self.environment)
    }

    @Test func takesWhatIsKept() throws {
        let kept = try kept(["one": 40, "two": 50, "unwanted": 3])
        let made = try made(wanted("one", "two"), kept)
        #expect(made.all.texts == [["one"]: kept["tls/one"] ?? "", ["two"]: kept["tls/two"] ?? ""])
        #expect(made.secrets.isEmpty && made.replaced.isEmpty)
        let authority = try CertificateAuthority(pem: kept["tls/authority"] ?? "")
        #expect(made.all.authority == authority.certificatePEM)
        let first = try Certificate(pem: kept["tls/one"] ?? "").notAfter
        #expect(made.validUntil == first - MadeCertificates.renewalDays * 86400)
    }

    @Test func makesWhatIsMissingOnce() throws {
        let first = try made(wanted("one"), [:])
        #expect(Set(first.new.keys) == ["tls/authority", "tls/one"])
        #expect(first.renewed.isEmpty)
        #expect(first.new["tls/one"] == first.all.texts[["one"]])
        let second = try made(wanted("one", "two"), first.new)
        #expect(Set(second.new.keys) == ["tls/two"])
        #expect(second.all.texts[["one"]] == first.all.texts[["one"]])
        #expect(second.all.authority == first.all.authority)
    }

    @Test func makesNothingWhereNothingIsWanted() throws {
        let made = try made(WantedCertificates(), [:])
        #expect(made.all == Certificates())
        #expect(made.secrets.isEmpty)
        #expect(made.validUntil == Int.max)
        var authorityOnly = WantedCertificates()
        authorityOnly.includesAuthority = true
        #expect(try Set(self.made(authorityOnly, [:]).new.keys) == ["tls/authority"])
    }

    @Test func renewsForThePlan() throws {
        let kept = try kept(["old": 20, "new": 40])
        let made = try made(wanted("old", "new"), kept)
        let renewed = try #require(made.all.texts[["old"]])
        #expect(renewed != kept["tls/old"])
        #expect(made.all.texts[["new"]] == kept["tls/new"])
        #expect(made.new.isEmpty)
        #expect(made.secrets == ["tls/old": renewed])
        #expect(made.replaced == [renewed: kept["tls/old"]])
        // Each look makes another one, until one is kept.
        #expect(try self.made(wanted("old"), kept).all.texts[["old"]] != renewed)
        let later = try self.made(wanted("old"), kept.merging(made.secrets) { $1 })
        #expect(later.all.texts[["old"]] == renewed)
        #expect(later.secrets.isEmpty)
    }

    @Test func isKeptAmongTheSecrets() async throws {
        let state = EnvironmentState(store: MemoryStore(), environment: Self.environment)
        let first = try made(wanted("one"), try await state.secrets())
        try await state.put(secrets: first.new)
        let second = try made(wanted("one"), try await state.secrets())
        #expect(second.all == first.all)
        #expect(second.secrets.isEmpty)
    }

    @Test func areTheSameForRunsAtTheSameTime() async throws {
        let state = EnvironmentState(store: MemoryStore(), environment: Self.environment)
        let wanted = wanted("one", "two")
        let found = try await withThrowingTaskGroup(of: (MadeCertificates, [String: String]).self) { group in
            for _ in 0..<8 {
                group.addTask { try await state.certificates(wanted, kept: [:]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let kept = try await state.secrets()
        #expect(found.map(\.1) == Array(repeating: kept, count: 8))
        #expect(Set(found.map { $0.0.all }).count == 1)
    }

    @Test func aSavedPlanFitsThoughEachLookMakesAnotherCertificate() {
        func state(_ text: String) -> DesiredState {
            var state = DesiredState.withNetwork(environment: "lab", network: "minke-lab")
            var member = DesiredMember(
                identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: "front1"),
                service: "front", recipe: "front", specification: ContainerSpecification())
            member.files = files(text).map(\.digest)
            state.members = [member]
            return state
        }
        func files(_ text: String) -> [RenderedFile] {
            [
                RenderedFile(path: "front.pem", text: text, mode: 0o600, owner: 0, cost: .reload),
                RenderedFile(path: "front.conf", text: "tls", mode: 0o600, owner: 0, cost: .reload),
            ]
        }
        func digests(_ text: String, replacing old: String?) -> [String] {
            state(text).standingStill(old.map { [text: $0] } ?? [:]) { _ in files(text) }.members[0].files.map(\.digest)
        }
        #expect(digests("made first", replacing: "old") == digests("made later", replacing: "old"))
        #expect(digests("made first", replacing: "old") != digests("made first", replacing: "older"))
        #expect(digests("made first", replacing: "old") != digests("old", replacing: nil))
        #expect(digests("made first", replacing: nil) == files("made first").map(\.digest.digest))
    }
}
