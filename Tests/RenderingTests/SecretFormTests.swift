import Model
import Rendering
import TestEnvironments
import Testing

/// Secrets of any characters, each in the form that its place needs.
@Suite struct SecretFormTests {
    private static let secret = #"'p#a&s\w$o%r@d:/"'"#
    private static let inURL = "%27p%23a%26s%5Cw%24o%25r%40d%3A%2F%22%27"

    private let resolver: Resolver

    init() throws {
        resolver = try ResolvedEnvironment().resolver.replacingSecrets(with: Self.secret)
    }

    private func text(_ path: String, of member: String) throws -> String {
        try #require(try resolver.files(ofMember: member).first { $0.path == path }).text
    }

    @Test func urlsHaveThemEncoded() throws {
        #expect(
            try text("keystone.conf", of: "keystone1").contains("= mysql+pymysql://keystone:\(Self.inURL)@"))
    }

    @Test func whatMayReferToOtherKeysHasTheSignEscaped() throws {
        #expect(
            try text("glance-api.conf", of: "glance-api1").contains("\npassword = \"'p#a&s\\w\\$o%r@d:/\"'\"\n"))
    }

    @Test func theFrontQuotesThem() throws {
        #expect(
            try text("haproxy.cfg", of: "haproxy1").contains(#"insecure-password ''\''p#a&s\w$o%r@d:/"'\'''"#))
    }

    @Test func sqlHasThemQuoted() throws {
        #expect(
            try resolver.input(
                of: DesiredGrant(service: "keystone", requirement: "database", provider: "mariadb1", exec: [])
            ).contains(#"IDENTIFIED BY '\'p#a&s\\w$o%r@d:/"\''"#))
    }
}
