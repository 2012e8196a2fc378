import Model

/// Rules for recipes' tests.
enum TestRules {
    static let all = [
        LintRule(name: "test", summary: "every recipe has a test") { recipe, report in
            guard recipe.paths.contains("test/run") else {
                report(recipe.place(), "\(recipe.name) has no test", "write test/run")
                return
            }
            if let file = recipe.file("test/run"), !file.isExecutable || file.interpreter == nil {
                report(file.place, "test/run cannot be run", "begin it with #! and chmod +x it")
            }
        },
        LintRule(name: "broken-images", summary: "every test is tried with an image that is broken") { recipe, report in
            guard recipe.paths.contains("test/run") else { return }
            guard let file = recipe.file("test/broken.yaml") else {
                report(
                    recipe.place(), "nothing shows that the test of \(recipe.name) can fail", "write test/broken.yaml")
                return
            }
            do {
                if try BrokenImage.read(file.text, file: file.place.file).isEmpty {
                    report(file.place, "there is no broken image", "describe one: bug, told, dockerfile")
                }
            } catch let problems as Problems {
                for problem in problems.all { report(problem.place, problem.message, problem.remedy) }
            } catch {
                report(file.place, "\(error)", nil)
            }
        },
    ]
}
