import Model
import System
import TestTools
import Testing

@testable import Recipes

/// The definition of what templates see, and the end of the reference of recipes, which lists it.
@Suite struct ScopeReferenceTests {
    @Test func theReferenceListsTheDefinition() throws {
        let title = "# Names that templates see; NAME may have `_` for each `-`, and [N] is any item of a list:"
        let lines = textLines(try Files.readText(repositoryFolder + "/docs/reference/recipe.yaml")).map(String.init)
        let found = lines.drop { $0 != title }.dropFirst().filter { !$0.isEmpty }
        let expected = ([title] + ScopeReference.lines).joined(separator: "\n")
        #expect(Array(found) == ScopeReference.lines, "docs/reference/recipe.yaml should end with\n\(expected)")
    }

    @Test func everyNameCanStandAfterADot() {
        var open: [any ScopeRecord.Type] = [TemplateScope.Root.self]
        while let type = open.popLast() {
            for field in type.fields {
                #expect(field.name.wholeMatch(of: #/[a-z]+(_[a-z]+)*/#) != nil, "\(type).\(field.name)")
                var shape = field.shape
                while case .map(_, let below) = shape { shape = below }
                switch shape {
                case .record(let type), .list(let type): open.append(type)
                case .value, .anything, .map: break
                }
            }
        }
    }
}
