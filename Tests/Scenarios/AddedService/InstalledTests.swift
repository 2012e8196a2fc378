import Model
import System
import Testing

/// The installation by `make install`, with the real program, used away from the checkout.
@Suite struct InstalledTests {
    @Test func findsItsCatalogueByItsPlace() async throws {
        try await Scenario.run("installed", recipes: .project) { scenario in
            try await scenario.build(["mariadb", "memcached", "keystone", "haproxy"])
            scenario.step("make install")
            let root = "\(scenario.folder)/root"
            // Newer than all sources, so that make does not build it.
            let built = "\(scenario.folder)/built-minke"
            try await Subprocess("cp", [try Places.program(), built]).run().checked()
            func make(_ goal: String) async throws {
                let words = ["--no-print-directory", "minke=\(built)", goal, "DESTDIR=\(root)", "PREFIX=/usr"]
                try await Subprocess(
                    "make", words, environment: .adding(["MAKEFLAGS": "", "MAKELEVEL": ""]),
                    directory: Places.repository, timeLimit: .seconds(60)
                ).run().checked()
            }
            try await make("install")

            /// Runs the installed program in an empty folder, without a variable that names a catalogue.
            func installed(_ words: String..., expecting status: Int32 = 0) async throws -> String {
                let elsewhere = "\(scenario.folder)/elsewhere"
                try Files.makeDirectory(elsewhere)
                let variables = [
                    "DOCKER_HOST": scenario.engineAddress, "MINKE_STATE": scenario.stateFolder,
                    "PATH": environmentVariable("PATH") ?? "", "HOME": elsewhere,
                ]
                let run = try await Subprocess(
                    "\(root)/usr/bin/minke", words, environment: .only(variables), directory: elsewhere,
                    timeLimit: .seconds(600)
                ).run()
                try #require(run.status.code == status, "\(words): \(run.outputText)\(run.errorText)")
                return run.outputText
            }

            scenario.step("its catalogue is the installed one")
            try #require(try await installed("graph").contains("keystone"))
            let catalog = "\(root)/usr/share/minke/catalog"
            try Files.move("\(catalog)/recipes/guest", to: "\(scenario.folder)/guest")
            try #require(try await !installed("graph").contains("guest"))
            try Files.move("\(scenario.folder)/guest", to: "\(catalog)/recipes/guest")

            scenario.step("a folder that is added to it is a service")
            let notes = "\(Places.repository)/Tests/Scenarios/AddedService/notes"
            try await Subprocess("cp", ["-R", notes, "\(catalog)/recipes/"]).run().checked()
            try #require(try await installed("graph").contains("notes"))
            try scenario.declare("services: {mariadb: 1, memcached: 1, keystone: 1, haproxy: 1, notes: 2}")
            _ = try await installed("build", "-e", scenario.environmentFile)
            let plan = try await installed("plan", "-e", scenario.environmentFile, expecting: 3)
            for step in ["create notes1", "create notes2", "register notes", "create keystone1"] {
                try #require(plan.contains(step), "\(plan)")
            }

            scenario.step("the manual page and the completions are the program's own")
            let share = "\(root)/usr/share"
            try #require(try Files.readText("\(share)/man/man1/minke.1").hasPrefix(".TH \"MINKE\""))
            for (shell, file) in [
                ("bash", "bash-completion/completions/minke"), ("zsh", "zsh/site-functions/_minke"),
                ("fish", "fish/vendor_completions.d/minke.fish"),
            ] {
                try await Subprocess(shell, ["-n", "\(share)/\(file)"]).run().checked()
                try #require(try await installed("completion", shell) == Files.readText("\(share)/\(file)").trimmed)
            }

            scenario.step("make uninstall leaves nothing")
            try await make("uninstall")
            let left = try await Subprocess("find", [root, "!", "-type", "d"]).run().checked().outputText
            try #require(left == "")
        }
    }
}

extension String {
    /// The text without newlines at its end, as outputs are read.
    fileprivate var trimmed: String {
        var text = self
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}
