import System
import Testing

@testable import Recipes

/// A check of the repository's recipes against its lists of options.
@Suite struct RealOptionTests {
    /// The keys that are in no list, each with the reason.
    private static let exceptions: [String: String] = [:]

    /// The files of all recipes that name a list of options, each with its list, for each release.
    private func files() throws -> [(place: String, file: FileRecipe, list: OptionList)] {
        let catalog = try Catalog.load(folder: RealCatalogTests.folder)
        var lists: [String: OptionList] = [:]
        var found: [(place: String, file: FileRecipe, list: OptionList)] = []
        for release in catalog.releases.keys.sorted() {
            for recipe in catalog.recipes.values.sorted(by: { $0.name < $1.name }) {
                if let releases = recipe.image.releases, !releases.contains(release) { continue }
                for file in recipe.service?.files ?? [] {
                    guard let name = file.options else { continue }
                    let key = "\(release)/\(name)"
                    lists[key] = try lists[key] ?? catalog.options.list(name, release: release)
                    guard let list = lists[key] else {
                        // Only the default release has to have all lists.
                        #expect(release != catalog.defaultRelease?.name, "\(recipe.name): there is no list \(key)")
                        continue
                    }
                    found.append(("\(recipe.name) \(file.path) \(release)", file, list))
                }
            }
        }
        return found
    }

    @Test func everyKeyIsKnownAndTakesItsValue() throws {
        let files = try files()
        #expect(files.count >= 17)
        for (place, file, list) in files {
            for section in file.sections {
                for key in section.keys {
                    let path = "[\(section.name)] \(key.name)"
                    guard let option = list.option(key.name, in: section.name) else {
                        #expect(Self.exceptions[path] != nil, "\(place) has no option \(path)")
                        continue
                    }
                    for value in key.values {
                        guard let text = value.template.constant else { continue }
                        #expect(option.type.complaint(about: text)?.text == nil, "\(place) \(path)")
                    }
                    #expect(key.values.count == 1 || option.isRepeated, "\(place) \(path) is repeated")
                }
            }
        }
    }

    @Test func everyListIsUsed() throws {
        let catalog = try Catalog.load(folder: RealCatalogTests.folder)
        let used = Set(catalog.recipes.values.flatMap { $0.service?.files.compactMap(\.options) ?? [] })
        for release in catalog.releases.keys {
            let folder = "\(RealCatalogTests.folder)/options/\(release)"
            guard Files.exists(folder) else { continue }
            for file in try Files.names(in: folder) { #expect(used.contains(String(file.dropLast(4))), "\(file)") }
        }
    }
}
