import Cryptography
import Model
import Rendering
import Storage
import System
import Testing

@testable import Clouds

@Suite struct CertificateKeeperTests {
    /// The state of an environment with an authority, and certificates that end in these days.
    private func withState(
        _ days: [String: Int], _ body: (EnvironmentState, () throws -> CertificateKeeper) throws -> Void
    ) async throws {
        try await Files.withTemporaryDirectory { folder in
            let state = EnvironmentState(store: try SQLiteStore(path: folder + "/minke.db"), environment: "lab")
            let authority = try CertificateAuthority.make(commonName: "Minke lab")
            try state.put(secret: authority.pem, key: "tls/authority")
            for (name, days) in days {
                try state.put(secret: try authority.issue(names: [name], days: days), key: "tls/\(name)")
            }
            try body(state) {
                CertificateKeeper(state: state, environment: "lab", secrets: try state.secrets())
            }
        }
    }

    @Test func renewsForThePlanAndKeepsNothing() async throws {
        try await withState(["old": 20, "new": 40]) { state, keeper in
            let before = try state.secrets()
            let first = try keeper()
            let made = try first.certificates.certificate(["old"])
            #expect(made != before["tls/old"])
            #expect(try first.certificates.certificate(["old"]) == made)
            #expect(try first.certificates.certificate(["new"]) == before["tls/new"])
            #expect(first.unkept == ["tls/old": made])
            #expect(first.replaced == [made: before["tls/old"]])
            #expect(try state.secrets() == before)
            #expect(try keeper().certificates.certificate(["old"]) != made)

            try first.keep()
            #expect(try state.secrets()["tls/old"] == made)
            #expect(first.unkept.isEmpty)
            #expect(try keeper().certificates.certificate(["old"]) == made)
        }
    }

    @Test func keepsAtOnceWhatIsNewOrMadeWhileAPlanIsCarriedOut() async throws {
        try await withState(["old": 20]) { state, keeper in
            let one = try keeper()
            let made = try one.certificates.certificate(["another"])
            #expect(try state.secrets()["tls/another"] == made)
            try one.keep()
            let renewed = try one.certificates.certificate(["old"])
            #expect(try state.secrets()["tls/old"] == renewed)
        }
    }

    @Test func aSavedPlanFitsThoughEachLookMakesAnotherCertificate() {
        func state(_ text: String) -> DesiredState {
            var state = DesiredState(
                environment: "lab",
                networks: [
                    "local": [
                        NetworkSpecification(
                            name: "minke-lab", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 24),
                            gateway: IPv4Address(198, 18, 0, 1))
                    ]
                ])
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
