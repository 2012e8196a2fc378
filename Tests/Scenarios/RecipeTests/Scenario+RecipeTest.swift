import System

extension Scenario {
    /// Writes a recipe whose test consists of these steps, which have the functions of catalog/lib/test.sh.
    func writeTestedRecipe(_ name: String, _ steps: String) throws {
        let script = """
            #!/bin/bash
            set -euo pipefail
            . "${CATALOG:?}/lib/test.sh"
            \(steps)

            """
        try writeCatalogFile("lib/test.sh", try Files.readText("\(Places.repository)/catalog/lib/test.sh"))
        try writeCatalogFile("recipes/\(name)/recipe.yaml", "summary: A recipe with a test\nimage: {parent: tiny}\n")
        try writeCatalogFile("recipes/\(name)/Dockerfile", "ARG PARENT\nFROM ${PARENT}\n")
        try writeCatalogFile("recipes/\(name)/test/run", script, mode: 0o755)
    }
}
