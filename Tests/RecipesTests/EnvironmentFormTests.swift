import Model
import System
import Testing

@testable import Recipes

/// Malformed values of environments, each refused at its place when the file is read.
@Suite struct EnvironmentFormTests {
    private func refusal(of text: String, file: String = "lab.yaml") -> String {
        do throws(Problems) {
            _ = try Environment.parse(text: text, file: file)
            return "accepted"
        } catch {
            return error.description
        }
    }

    private static let purposes: [(subnet: String, told: String)] = [
        ("0.0.0.0/0", "network 0.0.0.0/0 is too large, expected a prefix of 8 or more"),
        ("10.0.0.0/7", "network 10.0.0.0/7 is too large, expected a prefix of 8 or more"),
        ("0.0.0.0/8", "0.0.0.0/8 means this network itself"), ("127.0.0.0/24", "127.0.0.0/24 means the host itself"),
        ("169.254.0.0/16", "169.254.0.0/16 is for link-local addresses"),
        ("239.1.0.0/24", "239.1.0.0/24 is for multicast"),
        ("255.255.255.0/24", "255.255.255.0/24 is reserved, and for broadcast"),
    ]

    @Test(arguments: purposes)
    func refusesNetworksWithoutHosts(subnet: String, told: String) {
        let own = refusal(of: "network: {subnet: \(subnet)}\n")
        #expect(own.hasPrefix("lab.yaml:1:19: \(told)"), "\(own)")
        let further = refusal(of: "networks: {outside: {subnet: \(subnet)}}\n")
        #expect(further.hasPrefix("lab.yaml:1:30: \(told)"), "\(further)")
    }

    @Test(arguments: ["0.0.0.1", "224.0.0.1", "169.254.1.1", "255.255.255.255"])
    func refusesAddressesThatNoHostHas(address: String) {
        #expect(
            refusal(of: "public: {address: \(address)}\n").hasPrefix(
                "lab.yaml:1:19: public.address is \"\(address)\", expected an address that a host can have; "))
        #expect(refusal(of: "public: {address: 0.0.0.0}\n") == "accepted")
    }

    @Test(arguments: [
        ("registry: \"HTTP://Foo Bar\"", false), ("registry: \"https://registry.example.com\"", false),
        ("registry: \"registry.example.com:99999\"", false), ("registry: \"registry.example.com:5000/Team\"", false),
        ("registry: \"registry.example.com:5000/team/x\"", true), ("registry: \"127.0.0.1:5000\"", true),
        ("registry: \"\"", true), ("prefix: \"UPPER CASE\"", false), ("prefix: /minke", false), ("prefix: a//b", false),
        ("prefix: a..b", false), ("prefix: a__b/c-d.e", true), ("prefix: \"\"", true),
        ("root: {pull: Debian}", false), ("root: {pull: \"debian:\"}", false),
        ("root: {pull: \"debian:bookworm\"}", true),
        ("root: {pull: \"registry.example.com:5000/debian:12-slim\"}", true),
        ("root: {pull: \"debian@sha256:1\"}", false),
    ])
    func namesOfImagesHaveTheirForm(line: String, isTaken: Bool) {
        let told = refusal(of: "images: {\(line)}\n")
        #expect((told == "accepted") == isTaken, "\(told)")
        if !isTaken {
            #expect(told.hasPrefix("lab.yaml:1:\(line.hasPrefix("root") ? 23 : line.hasPrefix("p") ? 18 : 20): "))
        }
    }

    @Test func regionsAndDomainsHaveALength() {
        let long = String(repeating: "r", count: 300)
        #expect(refusal(of: "regions: [\(long)]\n").hasPrefix("lab.yaml:1:11: regions is \"rrr"))
        #expect(refusal(of: "regions: [\"a b\"]\n").hasPrefix("lab.yaml:1:11: regions is \"a b\", expected a name of "))
        #expect(refusal(of: "regions: [Region_1.a-b]\n") == "accepted")
        #expect(refusal(of: "domain: \(String(repeating: "a.", count: 30))b\n").hasPrefix("lab.yaml:1:9: domain is "))
    }

    @Test func namesCharactersThatCannotBeSeen() {
        #expect(
            refusal(of: "services: {memcached: 1\u{A0}}\n")
                == "lab.yaml:1:23: services.memcached is \"1U+00A0\", expected a number of members, or a mapping; "
                + "U+00A0, its character 2, cannot be seen: remove it")
        #expect(
            refusal(of: "public: {tls\u{200B}: true}\n")
                == "lab.yaml:1:10: unknown key \"tlsU+200B\" in public; "
                + "U+200B, its character 4, cannot be seen: remove it")
    }

    @Test func keysOfOnesOwnArePassedOver() throws {
        let text = """
            x-common: &common {replicas: 2}
            network: {x-note: ours, subnet: 198.18.16.0/24}
            services:
              keystone: {<<: *common, x-owner: us, members: {k1: {x-rack: 1}, k2: {}}}
            """
        let environment = try Environment.parse(text: text, file: "lab.yaml")
        #expect(environment.services.map(\.replicas) == [2])
        #expect(environment.services.first?.members.map(\.name) == ["k1", "k2"])
        #expect(refusal(of: "xcommon: 1\n").hasPrefix("lab.yaml:1:1: unknown key \"xcommon\""))
    }

    @Test(arguments: [
        "shop.eu.yaml", "envs/shop.us.yaml", "магазин.yaml", "/dev/stdin", "/dev/fd/63", "/proc/self/fd/3",
    ])
    func aFileWhoseNameIsNoneNeedsOne(file: String) {
        let told = refusal(of: "services: {keystone: 1}\n", file: file)
        #expect(
            told.hasPrefix("\(file):1:1: the environment has no `name:`, and that of its file is no name of its own"))
        #expect(refusal(of: "name: shop\nservices: {keystone: 1}\n", file: file) == "accepted")
    }

    @Test func theRemedyHasTheNameThatItHadSoFar() {
        #expect(
            refusal(of: "services: {keystone: 1}\n", file: "shop.eu.yaml").hasSuffix(
                "; write `name: shop`, which it had without one so far, or another name"))
        #expect(
            refusal(of: "services: {keystone: 1}\n", file: "магазин.yaml").hasSuffix(
                "; write `name: environment`, which it had without one so far, or another name"))
    }

    @Test func anOperatorsNamesOfSectionsAndKeysAreNoTemplates() {
        let reason = "names under `config:` are no templates; write the name that the rendered file has"
        #expect(
            refusal(of: "services: {a: {config: {x.conf: {\"{{ y }}\": {k: 1}}}}}\n")
                == "lab.yaml:1:34: services.a.config.x.conf cannot have \"{{ y }}\": \(reason)")
        #expect(
            refusal(of: "services: {a: {config: {x.conf: {s: {\"{{ y }}\": 1}}}}}\n")
                == "lab.yaml:1:38: services.a.config.x.conf.s.{{ y }} cannot be a key: \(reason)")
    }

    private static let forms: [(kind: SettingRecipe.Kind, value: Value, told: String)] = [
        (.string, "a\nb = c", "has U+000A as character 2, expected a text of one line"),
        (.string, "tab\there", "has U+0009 as character 4, expected a text of one line"),
        (.list, ["a", "b\r"], "has U+000D as character 2, expected a text of one line"),
        (.list, ["a", ["b": "c"]], "has a mapping in its list, expected texts or numbers"),
        (.number, .double(.nan), "is nan, which is no finite number, expected a number"),
        (.number, .double(.infinity), "is inf, which is no finite number, expected a number"),
    ]

    @Test(arguments: forms)
    func settingsHaveNoMoreThanTheirForm(kind: SettingRecipe.Kind, value: Value, told: String) {
        let setting = SettingRecipe(name: "x", kind: kind, standard: .null, help: "h")
        #expect(setting.complaint(about: value)?.text == told)
    }

    @Test func aTextOfSeveralLinesIsTakenWhereTheRecipeSaysSo() {
        var setting = SettingRecipe(name: "x", kind: .string, standard: "", help: "h")
        setting.takesLines = true
        #expect(setting.complaint(about: .string("{\n}\n")) == nil)
        #expect(setting.complaint(about: .string("a\0")) != nil)
    }

    @Test func aByteOrderMarkIsNoPartOfAFile() async throws {
        try await TemporaryEnvironment.with([0xEF, 0xBB, 0xBF] + Array("name: lab\r\nservices: {a: 1}\r\n".utf8)) {
            file in
            let environment = try Environment.load(file: file)
            #expect(environment.name == "lab")
        }
    }
}

private enum TemporaryEnvironment {
    static func with(_ bytes: [UInt8], _ body: (String) throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.write(bytes, to: folder + "/lab.yaml")
            try body(folder + "/lab.yaml")
        }
    }
}
