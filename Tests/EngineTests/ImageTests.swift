import DockerEngine
import HTTP
import Model
import System
import TestTools
import Testing

@Suite struct ImageTests {
    @Test func buildsFromAContext() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            let base = try await test.makeImage()
            var build = ImageBuild()
            build.tags = ["\(test.prefix):built"]
            build.arguments = ["PARENT": base, "WORD": "salve"]
            build.labels = ["io.minke.test": test.prefix, "org.opencontainers.image.title": "a \"title\""]
            build.networkMode = "none"
            let context: [TarEntry] = [
                .text("Dockerfile", "ARG PARENT\nFROM ${PARENT}\nARG WORD\nRUN echo heard $WORD\nCOPY file /file\n"),
                .text("file", "content", mode: 0o640),
            ]
            let output = Seen()
            let id = try await engine.buildImage(build, context: .tar(context)) { output.append(Array($0.utf8)) }
            #expect(output.text.contains(" : RUN echo heard $WORD"))
            #expect(output.text.contains("\nheard salve\n"))

            let details = try await engine.inspectImage("\(test.prefix):built")
            #expect(details.id == id)
            #expect(details.labels["org.opencontainers.image.title"] == "a \"title\"")
            #expect(details.layers.count == 2)
            #expect(try await engine.history(of: id).contains { $0.createdBy.contains("COPY") })
            let listed = try await engine.images(filters: ["label": ["io.minke.test=\(test.prefix)"]])
            #expect(Set(listed.flatMap(\.tags)) == ["\(test.prefix):built", "\(test.prefix):tools"])
            try await engine.tag(id, as: ImageReference(path: test.prefix, tag: "again"))
            let removed = try await engine.removeImage("\(test.prefix):again")
            #expect(removed.map(\.action) == ["Untagged"])
            #expect(try await engine.removeImage("\(test.prefix):again").isEmpty)
        }
    }

    @Test func namesTheStepThatFailed() async throws {
        try await TestEngine.with { test in
            var build = ImageBuild()
            build.arguments = ["PARENT": try await test.makeImage()]
            build.labels = test.labels
            build.networkMode = "none"
            let failing = build
            let text = "ARG PARENT\nFROM ${PARENT}\nRUN echo before && exit 9\n"
            let failure = await thrown(ImageBuildFailure.self) {
                try await test.engine.buildImage(failing, context: .tar([.text("Dockerfile", text)]))
            }
            #expect(failure?.step == 3)
            // The engine adds a step for the labels.
            #expect(failure?.steps == 4)
            #expect(failure?.instruction == "RUN echo before && exit 9")
            #expect(failure?.exitCode == 9)
            let refused = await thrown(EngineError.self) {
                try await test.engine.buildImage(failing, context: .tar([.text("other", "")]))
            }
            #expect(refused?.message.contains("Dockerfile") == true)
        }
    }

    @Test func savesAndLoads() async throws {
        try await TestEngine.with { test in
            let id = try await test.makeImage()
            let archive = Seen()
            try await test.engine.saveImages(["\(test.prefix):tools"]) { archive.append($0) }
            try await test.engine.removeImage(id, force: true)
            #expect(try await test.engine.images(filters: ["reference": [test.prefix]]).isEmpty)
            try await test.engine.loadImages(.bytes(archive.bytes))
            #expect(try await test.engine.images(filters: ["reference": [test.prefix]]).map(\.id) == [id])
        }
    }

    @Test func tellsWhyAPushOrPullFailed() async throws {
        try await TestEngine.with { test in
            let id = try await test.makeImage()
            let reference = ImageReference(registry: "127.0.0.1:1", path: test.prefix, tag: "x")
            try await test.engine.tag(id, as: reference)
            let push = await thrown(EngineError.self) { try await test.engine.pushImage(reference) }
            #expect(push?.description.contains("cannot push image 127.0.0.1:1/\(test.prefix):x: ") == true)
            await #expect(throws: EngineError.self) { try await test.engine.pullImage(reference) }
        }
    }

    @Test(arguments: [
        ("a", "", "a", ""), ("a/b:1", "", "a/b", "1"), ("localhost/a", "localhost", "a", ""),
        ("127.0.0.1:5000/a/b:1.2", "127.0.0.1:5000", "a/b", "1.2"), ("r.example/a", "r.example", "a", ""),
    ]) func readsReferences(text: String, registry: String, path: String, tag: String) {
        let reference = ImageReference(text)
        #expect(reference == ImageReference(registry: registry, path: path, tag: tag))
        #expect(reference.description == text)
    }
}
