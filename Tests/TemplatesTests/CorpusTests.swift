import Model
import Testing

@testable import Templates

@Suite struct CorpusTests {
    @Test func rendersWhatPythonsJinjaRenders() async throws {
        let outcomes = try await Reference.render(Corpus.all, with: Corpus.context)
        #expect(outcomes.count == Corpus.all.count)
        #expect(Corpus.all.count >= 150)
        let scope = Scope([Corpus.context])
        for (source, outcome) in zip(Corpus.all, outcomes) {
            guard let wanted = outcome.text else {
                Issue.record("Jinja refuses \(source): \(outcome.error ?? "")")
                continue
            }
            do {
                let rendered = try Template(source, name: "case").render(scope)
                #expect(Array(rendered.utf8) == Array(wanted.utf8), "\(source)\nours: \(rendered)\nJinja's: \(wanted)")
            } catch {
                Issue.record("\(source) is refused: \(error)")
            }
        }
    }

    @Test func refusesWhatPythonsJinjaRefuses() async throws {
        let outcomes = try await Reference.render(Corpus.refused, with: Corpus.context)
        #expect(outcomes.count == Corpus.refused.count)
        let scope = Scope([Corpus.context])
        for (source, outcome) in zip(Corpus.refused, outcomes) {
            #expect(outcome.error != nil, "Jinja renders \(source) to \(outcome.text ?? "")")
            #expect(throws: Problems.self, "\(source) is rendered") {
                try Template(source, name: "case").render(scope)
            }
        }
    }

    @Test func refusesWhenParsedWhatIsWrongInItself() {
        for source in Corpus.refusedWhenParsed {
            #expect(throws: Problems.self, "\(source) is parsed") { try Template(source, name: "case") }
        }
    }
}
