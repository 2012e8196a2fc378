import Model
import TestTools
import Testing

@testable import Building

@Suite struct BuildProxiesTests {
    private func arguments(_ variables: [String: String], usesHost: Bool = false) throws -> [String: String] {
        try BuildProxies(usesHost: usesHost) { variables[$0] }.arguments
    }

    @Test func readsSmallLettersBeforeCapitals() throws {
        #expect(
            try arguments([
                "HTTP_PROXY": "http://a:1", "https_proxy": "http://b:2", "HTTPS_PROXY": "c", "NO_PROXY": "d",
            ])
                == ["http_proxy": "http://a:1", "https_proxy": "http://b:2", "no_proxy": "d"])
        #expect(try arguments([:]).isEmpty)
        #expect(try arguments(["http_proxy": "", "HTTP_PROXY": "http://a:1"]) == ["http_proxy": "http://a:1"])
    }

    @Test(arguments: [
        "http://127.0.0.1:3128", "127.0.0.1:3128", "http://user:word@localhost:3128/", "http://[::1]:3128",
        "http://127.9.9.9",
    ])
    func refusesWhatBuildsCannotReach(proxy: String) throws {
        let told = thrown(Problems.self) { try arguments(["HTTPS_PROXY": proxy]) }
        #expect(
            told?.description.hasPrefix(
                "HTTPS_PROXY is \(proxy), a loopback address, which containers that build images cannot reach") == true)
        #expect(try arguments(["HTTPS_PROXY": proxy], usesHost: true) == ["https_proxy": proxy])
        #expect(try arguments(["NO_PROXY": "127.0.0.1,localhost"]) == ["no_proxy": "127.0.0.1,localhost"])
    }
}
