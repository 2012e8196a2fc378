import Model
import Rendering
import TestEnvironments
import Testing

/// The number of requests that the front sends to a member at the same time.
@Suite struct CapacityTests {
    private func text(_ path: String, of member: String) throws -> [String] {
        let resolver = try ResolvedEnvironment().resolver
        let file = try #require(try resolver.files(ofMember: member).first { $0.path == path })
        return textLines(file.text).map(String.init)
    }

    @Test(arguments: [("keystone1-a", 4), ("keystone1-b", 4), ("glance-api1-a", 8)])
    func theFrontSendsAMemberAsManyAsItAnswers(server: String, count: Int) throws {
        let line = try text("haproxy.cfg", of: "haproxy1").first { $0.hasPrefix("    server \(server) ") }
        #expect(line?.hasSuffix(" check maxconn \(count)") == true, "\(line ?? "no line")")
    }

    /// A thread more than that answers the front's check while all others are busy.
    @Test(arguments: [("keystone1", 4), ("glance-api1", 8)])
    func aMemberHasRoomForTheCheck(member: String, count: Int) throws {
        #expect(try text("uwsgi.ini", of: member).contains("threads = \(count + 1)"))
    }
}
