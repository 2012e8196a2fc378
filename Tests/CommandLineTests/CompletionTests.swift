import Testing

@testable import CommandLine

@Suite struct CompletionTests {
    private func complete(_ words: String...) async -> LineCompletion.Answer {
        let completion = LineCompletion(parser: ArgumentParser(sample, variables: { _ in nil })) {
            source, _, arguments in
            switch source {
            case .members: [CompletionCandidate("keystone1", arguments.required("environment")), .init("glance-api1")]
            case .recipes: [.init("keystone"), .init("glance"), .init("glance-base")]
            default: []
            }
        }
        return await completion.answer(words)
    }

    private func words(_ answer: LineCompletion.Answer) -> [String] {
        guard case .words(let candidates) = answer else { return ["\(answer)"] }
        return candidates.map(\.word)
    }

    @Test func completesCommands() async {
        #expect(words(await complete("")) == ["build", "exec", "client", "image"])
        #expect(words(await complete("-v", "-e", "x", "b")) == ["build"])
        #expect(words(await complete("image", "")) == ["push", "list"])
        #expect(words(await complete("secret", "x")) == [])
    }

    @Test func completesOptionsThatAreNotGivenYet() async {
        #expect(
            words(await complete("image", "list", "--")) == ["--environment", "--json", "--verbose", "--yes", "--help"])
        #expect(
            words(await complete("build", "--jobs=1", "--set", "a=b", "--verbose", "-")) == [
                "--force", "--version", "--set", "--within", "--memory", "--progress", "--environment", "--json",
                "--yes", "--help",
            ])
    }

    @Test func completesValues() async {
        #expect(words(await complete("build", "--progress", "")) == ["plain", "terminal"])
        #expect(words(await complete("build", "--progress=t")) == ["--progress=terminal"])
        #expect(words(await complete("build", "--jobs", "")) == [])
        #expect(words(await complete("build", "glance", "g")) == ["glance-base"])
        #expect(
            await complete("-e", "other.yaml", "exec", "k") == .words([CompletionCandidate("keystone1", "other.yaml")]))
        #expect(await complete("exec", "k").text == "keystone1\tenv.yaml")
    }

    @Test func leavesPathsToTheShell() async {
        #expect(await complete("client", "--", "") == .files)
        #expect(await complete("exec", "keystone1", "") == .files)
        #expect(await complete("exec", "keystone1", "ls", "-") == .files)
        #expect(await complete("exec", "keystone1", "").text == ":files")
    }

    @Test func makesTheBestOfMistakes() async {
        #expect(words(await complete("build", "--bogus", "-j", "x", "ke")) == ["keystone"])
    }
}
