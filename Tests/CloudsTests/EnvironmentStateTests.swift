import Model
import TestStorage
import Testing

@testable import Clouds

/// The entries of an environment in a store.
@Suite struct EnvironmentStateTests {
    private let store = MemoryStore()

    private func state(_ environment: String = "lab") -> EnvironmentState {
        EnvironmentState(store: store, environment: environment)
    }

    /// The entries with an environment's keys, as `KEY VALUE`.
    private func entries(of environment: String = "lab") async throws -> [String] {
        let prefix = "environments/\(environment)/"
        return try await store.range(prefix: prefix).map {
            "\($0.key.dropFirst(prefix.count)) \(String(decoding: $0.value, as: UTF8.self))"
        }
    }

    private func fill(_ state: EnvironmentState) async throws {
        try await state.put(secrets: ["admin": KeptSecret(value: "given", isGiven: true)])
        try await state.put(secret: "pem", key: StateKeys.certificate(for: ["lab.example", "198.18.0.1"]))
        _ = try await state.add(replacement: "next", of: "nova.service")
        try await state.keep(addresses: ["web1": [IPv4Address(198, 18, 0, 2), IPv4Address(198, 18, 0, 3)]])
        try await state.record(Manifest(files: ["a": "b"], entries: [:], parts: ValueMap()), container: "8f0c")
        try await state.record(keepsRunning: true, container: "8f0c")
        try await state.record(DoneRecord(inputs: "8f0c", anchor: nil), for: .member("web1"))
        try await state.record(
            KnownVolume(
                host: "local",
                volume: DataVolume(
                    name: "lab-web1-data", service: "web", recipeName: "data", owner: "web1", contents: "pages")))
        try await ServiceLedger(state: state, service: "web").note(made: "/users/9a", name: "web")
        try await state.record([Departure(member: "web2", service: "web", hostname: "web2.lab")])
        try await state.noteAttached("eth1", network: "external")
        try await state.noteWoken("eth1")
        try await state.noteMade("eth2")
    }

    /// Programs of other versions find what this one keeps, and the other way round.
    @Test func keepsEverythingWhereItEverWas() async throws {
        try await fill(state())
        #expect(
            try await entries() == [
                #"addresses/web1 ["198.18.0.2","198.18.0.3"]"#,
                #"attached-interfaces/eth1 "external""#,
                #"containers/8f0c {"entries":{},"files":{"a":"b"},"parts":{}}"#,
                #"departed/web2 {"hostname":"web2.lab","service":"web"}"#,
                #"done/member/web1 {"inputs":"8f0c"}"#,
                #"kept/8f0c true"#,
                #"made-interfaces/eth2 true"#,
                #"registered/web/users/9a "web""#,
                #"replacements/nova.service {"value":"next"}"#,
                #"secrets/admin {"given":true,"value":"given","version":1}"#,
                #"secrets/tls/lab.example,198.18.0.1 {"value":"pem","version":1}"#,
                #"volumes/local/lab-web1-data {"contents":"pages","of":"member","owner":"web1","service":"web","#
                    + #""volume":"data"}"#,
                #"woken-interfaces/eth1 true"#,
            ])
        #expect(StateKeys.demoObject(kind: "image", id: "9a").path == "demo/objects/image/9a")
        #expect(StateKeys.demoKeys["9a"].path == "demo/keys/9a")
        #expect(StateKeys.environmentFiles["00"].path == "environment-files/00")
        #expect(StateKeys.nothingToDo["00"].path == "nothing-to-do/00")
        #expect(StateKeys.authority == "tls/authority")
        #expect(StateKeys.lock(environment: "lab") == "environments/lab")
        #expect(StateKeys.lock(part: "demo", environment: "lab") == "environments/lab/demo")
    }

    @Test func findsWhatItKeeps() async throws {
        let state = state()
        try await fill(state)
        #expect(try await state.keptSecrets()["admin"] == KeptSecret(value: "given", isGiven: true))
        #expect(try await state.replacement(of: "nova.service") == "next")
        #expect(try await state.preparedReplacements() == ["nova.service"])
        #expect(try await state.addresses()["web1"]?.count == 2)
        #expect(try await state.manifests()["8f0c"]?.files == ["a": "b"])
        #expect(try await state.kept() == ["8f0c"])
        #expect(try await state.records() == ["member/web1": DoneRecord(inputs: "8f0c", anchor: nil)])
        #expect(try await state.knownVolumes().map(\.volume.name) == ["lab-web1-data"])
        #expect(try await ServiceLedger(state: state, service: "web").made() == ["/users/9a": "web"])
        #expect(try await state.registeredServices() == ["web"])
        #expect(try await state.departures().map(\.hostname) == ["web2.lab"])
        #expect(try await state.attachedInterfaces() == ["eth1": "external"])
        #expect(try await state.madeInterfaces() == ["eth2"])
    }

    @Test func keepsEnvironmentsApart() async throws {
        try await fill(state())
        try await fill(state("lab2"))
        let other = try await entries(of: "lab2")
        try await state().erase()
        #expect(try await entries().isEmpty)
        #expect(try await entries(of: "lab2") == other)
    }

    @Test func aValueOfAnotherFormIsAsGoodAsAbsent() async throws {
        let state = state()
        try await store.put("environments/lab/addresses/web1", Array("7".utf8))
        try await store.put("environments/lab/owner", Array("{}".utf8))
        #expect(try await state.addresses().isEmpty)
        #expect(try await state.get(StateKeys.owner) == nil)
        #expect(try await state.has(StateKeys.owner))
    }

    @Test func aNewValueOfASecretEndsItsReplacement() async throws {
        let state = state()
        try await state.put(secret: "first", key: "nova.service")
        _ = try await state.add(replacement: "second", of: "nova.service")
        try await state.put(secret: "second", key: "nova.service")
        #expect(try await entries() == [#"secrets/nova.service {"value":"second","version":2}"#])
    }

    @Test func aBackupReplacesAllButTheOwner() async throws {
        let state = state()
        try await fill(state)
        let owner = try await state.owner(folder: "/state", making: true)
        let backup = try await state.exported()
        #expect(
            backup["entries"]?.map?.map(\.key) == [
                "secrets/admin", "secrets/tls/lab.example,198.18.0.1", "addresses/web1", "registered/web/users/9a",
            ])
        try await state.put(secret: "later", key: "later")
        try await state.beginRestoring(try state.entries(ofBackup: backup), from: "/cloud.tar")
        #expect(try await state.unfinishedRestore() == "/cloud.tar")
        #expect(try await state.owner(folder: "/state", making: false).id == owner.id)
        #expect(try await Set(state.secrets().keys) == ["admin", "tls/lab.example,198.18.0.1"])
        #expect(try await state.manifests().isEmpty)
        try await state.endRestoring()
        #expect(try await state.unfinishedRestore() == nil)
    }
}
