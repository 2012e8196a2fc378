import Cryptography
import HTTP
import Model
import OpenStack
import System
import TestTools
import Testing

@testable import Demo

@Suite struct DemoPartsTests {
    @Test func readsAConsole() {
        let console = GuestConsole(
            "[ 0.0] Linux\r\n\r\nminke-guest: host key ssh-ed25519 AAAAold\u{1b}[0m\nssh-ed25519 AAAAnew root@x\n"
                + "ecdsa-sha2-nistp256 AAAAother\nminke-guest: ready after 2.1 s\n\n")
        #expect(console.isReady)
        #expect(console.hostKeys == ["ecdsa-sha2-nistp256 AAAAother", "ssh-ed25519 AAAAnew"])
        #expect(console.end(2) == ["ecdsa-sha2-nistp256 AAAAother", "minke-guest: ready after 2.1 s"])
        #expect(!GuestConsole("booting\n").isReady)
        #expect(GuestConsole("cirros login: ").isReady)
    }

    @Test func readsWhatAGuestSays() {
        let facts = GuestFacts("hostname=a=b\nnoise\nmetadata={\"uuid\": \"u1\", \"name\": \"x\"}\nconfig-drive=yes\n")
        #expect(facts.value == ["hostname": "a=b", "config-drive": "yes", "metadata-instance": "u1"])
        #expect(GuestFacts("metadata=\n").instance == nil)
    }

    @Test func followsRedirects() {
        #expect(redirected("https://a.example/x/y", to: "https://b.example/z") == "https://b.example/z")
        #expect(redirected("https://a.example/x/y", to: "/z") == "https://a.example/z")
        #expect(redirected("https://a.example", to: "//b.example/z") == "https://b.example/z")
    }

    @Test func tellsFormats() {
        #expect(DemoImage.detectedFormat([0x51, 0x46, 0x49, 0xfb, 0]) == "qcow2")
        #expect(DemoImage.detectedFormat([0, 0]) == "raw")
    }

    @Test func readsPublicKeys() async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.write("ssh-ed25519 AAAAkey me@here\n", to: folder + "/key.pub")
            #expect(try readPublicKey(folder + "/key.pub") == "ssh-ed25519 AAAAkey")
            try Files.write("-----BEGIN OPENSSH PRIVATE KEY-----\n", to: folder + "/key")
            let problems = thrown(Problems.self) { try readPublicKey(folder + "/key") }
            #expect(problems?.all.first?.message == "\(folder)/key is no public key")
        }
    }

    @Test func opensshReadsTheKey() async throws {
        let key = try SSHKey.generate()
        #expect(try SSHKey(privatePEM: key.privatePEM).publicText == key.publicText)
        try await Files.withTemporaryDirectory { folder in
            try Files.write(key.privatePEM, to: folder + "/key", mode: 0o600)
            let text = try await Subprocess("ssh-keygen", ["-y", "-f", folder + "/key"]).run().checked().outputText
            #expect(text == key.publicText)
        }
    }

    @Test func tellsWhatAServiceSays() async throws {
        let cloud = FakeCloud()
        let nova = try Nova(try await cloud.keystone(), region: "RegionOne")
        let failure = await thrown(RESTFailure.self) { try await nova.start("servers-9/..") }
        #expect(failure == nil)
        let missing = await thrown(Problems.self) { try Nova(try await cloud.keystone(), region: "Elsewhere") }
        #expect(missing?.all.first?.message == "the cloud has no compute service in region Elsewhere")
        #expect(try await cloud.keystone().catalog.types(in: "RegionOne") == ["compute", "image", "network"])
    }
}
