import Model
import System
import TestTools
import Testing

@testable import Clouds

@Suite struct OtherCloudsTests {
    private let cloud: Value = ["auth": ["auth_url": "https://here"]]

    private func withFile(_ text: String?, _ body: (String) throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            if let text { try Files.write(text, to: folder + "/clouds.yaml") }
            try body(folder + "/clouds.yaml")
        }
    }

    @Test func aNewFileIsJSON() async throws {
        try await withFile(nil) { file in
            let clouds = try OtherClouds(file: file)
            #expect(clouds.question(adding: "lab", url: "https://here") == nil)
            #expect(try JSON.parse(clouds.text(adding: "lab", cloud)) == ["clouds": ["lab": cloud]])
        }
    }

    @Test func otherCloudsStay() async throws {
        let text = "cache: {auth: true}\nclouds:\n  work:\n    auth: {auth_url: 'https://work'}\n    region_name: '1'\n"
        try await withFile(text) { file in
            let clouds = try OtherClouds(file: file)
            #expect(clouds.question(adding: "lab", url: "https://here") == nil)
            #expect(
                clouds.text(adding: "lab", cloud) == """
                    cache:
                      auth: true
                    clouds:
                      work:
                        auth:
                          auth_url: https://work
                        region_name: "1"
                      lab:
                        auth:
                          auth_url: https://here

                    """)
        }
    }

    @Test func asksBeforeACloudOfTheNameOrCommentsGo() async throws {
        try await withFile("clouds: {lab: {auth: {auth_url: https://there}}}\n") { file in
            let clouds = try OtherClouds(file: file)
            #expect(
                clouds.question(adding: "lab", url: "https://here")
                    == "Replace the cloud lab in \(file), which is at https://there?")
            #expect(clouds.question(adding: "lab", url: "https://there") == nil)
        }
        try await withFile("# mine\nclouds: {work: {}}\n") { file in
            let clouds = try OtherClouds(file: file)
            #expect(
                clouds.question(adding: "lab", url: "https://here")
                    == "Write \(file) with its other clouds, and without its comments?")
        }
    }

    @Test func refusesWhatIsNoCloudsYAML() async throws {
        try await withFile("- 1\n") { file in
            let told = thrown(Problems.self) { try OtherClouds(file: file) }
            #expect(told?.description.hasPrefix("\(file):1:1: \(file) exists and is no clouds.yaml; ") == true)
        }
        try await withFile("clouds: [work]\n") { file in
            let told = thrown(Problems.self) { try OtherClouds(file: file) }
            #expect(told?.description.hasPrefix("\(file):1:9: clouds is a list, expected a mapping; ") == true)
        }
    }
}
