import Model
import Testing

@testable import Recipes

/// A deliberate mistake in a file of the sample, with the findings that it causes.
struct Mistake: Sendable {
    let rule: String
    let file: String
    let old: String
    let new: String
    /// The expected findings, one a line; lines that end without a rule's name get `rule`.
    let findings: String

    init(_ rule: String, _ file: String, _ old: String, _ new: String, _ findings: String) {
        self.rule = rule
        self.file = file
        self.old = old
        self.new = new
        self.findings = findings
    }
}

@Suite struct LintRuleTests {
    @Test func findsNothingInTheSample() throws {
        #expect(try LintSample().findings() == "")
    }

    @Test(arguments: mistakes)
    func finds(_ mistake: Mistake) throws {
        var sample = LintSample()
        #expect(sample.files["recipes/x/\(mistake.file)"]?.contains(mistake.old) == true)
        sample.replace(mistake.old, with: mistake.new, in: mistake.file)
        let expected = mistake.findings.split(separator: "\n").map { line in
            line.hasSuffix("]") && !line.hasSuffix("\"]") ? String(line) : "\(line) [\(mistake.rule)]"
        }
        let found = try sample.findings()
        #expect(found == expected.joined(separator: "\n"))
    }

    @Test func everyRuleHasAMistake() {
        let tested = Set(
            Self.mistakes.map(\.rule) + ["shellcheck", "labels", "foreign-configuration", "template-map-file"])
        #expect(Lint.rules.map(\.name).filter { !tested.contains($0) } == [])
        #expect(Set(Lint.rules.map(\.name)).count == Lint.rules.count)
    }

    @Test func findsAFileWithoutItsBit() throws {
        var sample = LintSample()
        sample.executables = ["recipes/root/test/run"]
        #expect(
            try sample.findings() == """
                test/run:1:1: test/run has an interpreter and is not executable; chmod +x it [script-mode]
                test/run:1:1: test/run cannot be run; begin it with #! and chmod +x it [test]
                x-start:1:1: x-start has an interpreter and is not executable; chmod +x it [script-mode]
                """)
    }

    @Test func findsATestWithoutBrokenImages() throws {
        var sample = LintSample()
        sample.files["recipes/x/test/broken.yaml"] = nil
        #expect(
            try sample.findings()
                == "recipe.yaml:1:1: nothing shows that the test of x can fail; write test/broken.yaml [broken-images]")
    }

    @Test func findsAMissingDockerfileAndTest() throws {
        var sample = LintSample()
        sample.files["recipes/y/recipe.yaml"] = "summary: y\nimage: {parent: root}\n"
        #expect(
            try sample.findings() == """
                c/recipes/y/recipe.yaml:1:1: y has no Dockerfile; write one that begins with `ARG PARENT` [dockerfile]
                c/recipes/y/recipe.yaml:1:1: y has no test; write test/run [test]
                """)
    }

    @Test func findsAMisspeltLabel() throws {
        var sample = LintSample()
        for name in ["a", "b"] {
            sample.files["recipes/\(name)/recipe.yaml"] =
                "summary: a\nimage: {parent: root, groups: {openstack: glances}}\n"
            sample.files["recipes/\(name)/Dockerfile"] = "ARG PARENT\nFROM ${PARENT}\n"
            sample.files["recipes/\(name)/test/run"] = "#!/bin/sh\nset -eu\n"
            sample.files["recipes/\(name)/test/broken.yaml"] = LintSample.broken
            sample.executables.insert("recipes/\(name)/test/run")
        }
        #expect(
            try sample.findings()
                == "recipe.yaml:2:43: no other image has the label openstack=glance; did you mean glances? [labels]")
    }

    @Test func findsTheConfigurationOfAnotherComponent() throws {
        var sample = LintSample()
        sample.files["recipes/a/recipe.yaml"] = "summary: a\nimage: {parent: root, groups: {openstack: nova}}\n"
        sample.files["recipes/a/Dockerfile"] = "ARG PARENT\nFROM ${PARENT}\n"
        sample.files["recipes/a/test/run"] = "#!/bin/sh\nset -eu\n"
        sample.files["recipes/a/test/broken.yaml"] = LintSample.broken
        sample.executables.insert("recipes/a/test/run")
        sample.replace("exec x", with: "cp /etc/glance/x /etc/nova/nova.conf\nexec x", in: "x-start")
        #expect(
            try sample.findings()
                == "x-start:3:18: an image of glance names the configuration of nova [foreign-configuration]")
    }

    @Test func findsAGroupThatAMapFileLacks() throws {
        var sample = LintSample()
        sample.files["recipes/x/map-file"] = "r ^/?tftpboot/(.*) /pxe/\\2\nr ^(a)(b) \\2\n# r x \\1\n"
        sample.replace("COPY x-start /usr", with: "COPY map-file x-start /usr", in: "Dockerfile")
        #expect(
            try sample.findings()
                == "map-file:1:20: the rule names group 2, and its pattern has 1 [template-map-file]")
    }
}
