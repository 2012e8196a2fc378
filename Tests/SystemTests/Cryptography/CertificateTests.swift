import Cryptography
import System
import Testing

@Suite struct CertificateTests {
    private static let names = ["keystone.minke.local", "*.example.org", "198.18.0.7", "fd00::7"]

    private func openssl(_ arguments: [String]) async throws -> String {
        try await Subprocess("openssl", arguments, timeLimit: .seconds(30)).run().checked().outputText
    }

    @Test func opensslVerifiesWhatTheAuthorityIssues() async throws {
        let authority = try CertificateAuthority.make(commonName: "Minke test")
        let other = try CertificateAuthority.make(commonName: "Minke test")
        let server = try authority.issue(names: CertificateTests.names)
        try await Files.withTemporaryDirectory { folder in
            try Files.write(authority.certificatePEM, to: folder + "/ca.pem", mode: 0o600)
            try Files.write(other.certificatePEM, to: folder + "/other.pem", mode: 0o600)
            try Files.write(server, to: folder + "/server.pem", mode: 0o600)
            let verify = ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile"]
            for check in [
                ["-verify_hostname", "keystone.minke.local"], ["-verify_hostname", "a.example.org"],
                ["-verify_ip", "198.18.0.7"], ["-verify_ip", "fd00::7"],
            ] {
                let answer = try await openssl(verify + ["\(folder)/ca.pem"] + check + ["\(folder)/server.pem"])
                #expect(answer == "\(folder)/server.pem: OK")
            }
            await #expect(throws: SubprocessFailure.self) {
                try await openssl(verify + ["\(folder)/ca.pem", "-verify_hostname", "other", "\(folder)/server.pem"])
            }
            await #expect(throws: SubprocessFailure.self) {
                try await openssl(verify + ["\(folder)/other.pem", "\(folder)/server.pem"])
            }
            let text = try await openssl(["x509", "-in", "\(folder)/server.pem", "-noout", "-text"])
            #expect(text.contains("ASN1 OID: prime256v1"))
            #expect(text.contains("Signature Algorithm: ecdsa-with-SHA256"))
            #expect(text.contains("DNS:keystone.minke.local, DNS:*.example.org, IP Address:198.18.0.7"))
            #expect(text.contains("TLS Web Server Authentication"))
            let fromKey = try await openssl(["pkey", "-in", "\(folder)/server.pem", "-pubout"])
            let fromCertificate = try await openssl(["x509", "-in", "\(folder)/server.pem", "-noout", "-pubkey"])
            #expect(fromKey == fromCertificate)
        }
    }

    @Test func readsBackWhatItWrote() throws {
        let time = 1_800_000_000
        let authority = try CertificateAuthority.make(commonName: "Minke test", at: time)
        let root = try Certificate(pem: authority.certificatePEM)
        #expect(root.isAuthority)
        #expect(root.commonName == "Minke test")
        #expect(root.names == [])
        #expect(root.notBefore == time - 3600)
        #expect(root.notAfter == time - 3600 + 3650 * 86400)
        #expect(root.isSigned(by: root))

        let server = try Certificate(pem: authority.issue(names: CertificateTests.names, at: time))
        #expect(!server.isAuthority)
        #expect(server.commonName == "keystone.minke.local")
        #expect(server.names == ["keystone.minke.local", "*.example.org", "198.18.0.7", "fd00:0:0:0:0:0:0:7"])
        #expect(server.notAfter == time - 3600 + 825 * 86400)
        #expect(!server.expires(within: .seconds(30 * 86400), at: time))
        #expect(!server.expires(within: .seconds(30 * 86400), at: time + 794 * 86400))
        #expect(server.expires(within: .seconds(30 * 86400), at: time + 796 * 86400))
        #expect(server.expires(within: .zero, at: time + 826 * 86400))
        #expect(server.expires(within: .zero, at: time - 7200))
        #expect(server.isSigned(by: root))
        #expect(!root.isSigned(by: server))
        let other = try CertificateAuthority.make(commonName: "Minke test", at: time)
        #expect(!server.isSigned(by: try Certificate(pem: other.certificatePEM)))

        for name in ["keystone.minke.local", "KEYSTONE.minke.local", "a.example.org", "198.18.0.7", "fd00::7"] {
            #expect(server.covers(name), "\(name)")
        }
        for name in ["glance.minke.local", "example.org", "a.b.example.org", "198.18.0.8", "not a name", ""] {
            #expect(!server.covers(name), "\(name)")
        }
    }

    @Test func aServersCertificateEndsWithTheAuthoritys() throws {
        let time = 1_800_000_000
        let authority = try CertificateAuthority.make(commonName: "short", days: 30, at: time)
        let server = try Certificate(pem: authority.issue(names: ["a"], at: time + 10 * 86400))
        #expect(server.notAfter <= time - 3600 + 30 * 86400)
        #expect(throws: CryptographyError.self) { try authority.issue(names: ["a"], at: time + 31 * 86400) }
        #expect(throws: CryptographyError.self) { try authority.issue(names: ["a"], at: time - 31 * 86400) }
    }

    @Test func takesAnAuthorityThatWasMadeBefore() throws {
        let made = try CertificateAuthority.make(commonName: "a")
        let taken = try CertificateAuthority(pem: made.pem)
        #expect(taken.pem == made.pem)
        #expect(!taken.certificatePEM.contains("PRIVATE"))
        let server = try Certificate(pem: taken.issue(names: ["x.example.org"]))
        #expect(server.isSigned(by: try Certificate(pem: made.certificatePEM)))

        let other = try CertificateAuthority.make(commonName: "b")
        let otherKey = other.pem.replacing(other.certificatePEM, with: "")
        #expect(throws: CryptographyError.self) { try CertificateAuthority(pem: otherKey + made.certificatePEM) }
        #expect(throws: CryptographyError.self) { try CertificateAuthority(pem: made.certificatePEM) }
        #expect(throws: CryptographyError.self) { try CertificateAuthority(pem: made.issue(names: ["a"])) }
        #expect(throws: CryptographyError.self) { try CertificateAuthority(pem: "") }
        #expect(throws: CryptographyError.self) { try Certificate(pem: "-----BEGIN CERTIFICATE-----\nAAAA\n") }
    }

    @Test(arguments: [
        "", "a b", "a,DNS:b", "-a", "a-", "a..b", ".a", "*", "a.*", "300.1.1.1", "1.2.3", "fd00:::1",
        String(repeating: "a", count: 64), String(repeating: "a.", count: 127) + "b", "ü.example.org", "a\n",
    ])
    func refusesNamesThatAreNone(_ name: String) throws {
        let authority = try CertificateAuthority.make(commonName: "a")
        #expect(throws: CryptographyError.self) { try authority.issue(names: [name]) }
    }

    @Test func issuesForALongName() throws {
        let name = String(repeating: "long-label.", count: 10) + "example.org"
        let authority = try CertificateAuthority.make(commonName: "a")
        let server = try Certificate(pem: authority.issue(names: [name, name]))
        #expect(server.names == [name])
        #expect(server.commonName == "")
        #expect(throws: CryptographyError.self) { try authority.issue(names: []) }
        #expect(throws: CryptographyError.self) { try authority.issue(names: ["a"], days: 826) }
        #expect(throws: CryptographyError.self) { try CertificateAuthority.make(commonName: "") }
    }
}
