import Model
import Testing

@testable import CommandLine

@Suite struct ArgumentParserTests {
    @Test(arguments: [
        ["build", "--jobs", "4"], ["build", "--jobs=4"], ["build", "-j", "4"], ["build", "-j4"], ["build", "-j=4"],
        ["build", "-fj4"], ["build", "-vfj", "4"],
    ])
    func readsAValueInEveryForm(words: [String]) throws {
        guard case .run(_, let arguments) = try ArgumentParser(sample, variables: { _ in nil }).parse(words) else {
            Issue.record("not run")
            return
        }
        #expect(arguments.int("jobs") == 4)
        #expect(arguments.command == "prog build")
        #expect(arguments.flag("force") == words[1].contains("f"))
    }

    @Test func takesSharedOptionsBeforeAndAfterTheCommand() throws {
        for arguments in [try parse("-e", "x", "--json", "image", "ls"), try parse("image", "ls", "--json", "-e", "x")]
        {
            #expect(arguments.string("environment") == "x")
            #expect(arguments.flag("json"))
            #expect(!arguments.flag("verbose"))
            #expect(arguments.command == "prog image list")
        }
    }

    @Test func prefersTheLineToTheVariableToTheDefault() throws {
        #expect(try parse("build").required("environment") == "env.yaml")
        #expect(try !parse("build").isGiven("environment"))
        let set = ["PROG_ENV": "variable"]
        #expect(try parse("build", variables: set).required("environment") == "variable")
        #expect(try parse("build", "-e", "line", variables: set).required("environment") == "line")
        #expect(try parse("build", "-e", "line").isGiven("environment"))
    }

    @Test func anInnerOptionHidesAnOuterOne() throws {
        #expect(try parse("build", "--version", "1.2").string("version") == "1.2")
        let request = try ArgumentParser(sample, variables: { _ in nil }).parse(["--version"])
        guard case .version = request else {
            Issue.record("\(request)")
            return
        }
    }

    @Test func keepsRepeatedValuesInTheirOrder() throws {
        let arguments = try parse("build", "b", "--set", "X=1", "a", "--set=Y=2=3", "b")
        #expect(arguments.list("recipe") == ["b", "a", "b"])
        #expect(arguments.assignments("set").map(\.name) == ["X", "Y"])
        #expect(arguments.assignments("set").map(\.value) == ["1", "2=3"])
    }

    @Test func convertsTypedValues() throws {
        let arguments = try parse("build", "--within", "2m", "--memory", "1g")
        #expect(arguments.duration("within") == .seconds(120))
        #expect(arguments.size("memory") == ByteCount(bytes: 1 << 30))
        #expect(arguments.int("jobs") == 2)
        #expect(arguments.string("progress") == nil)
    }

    @Test func givesTheRestAsItIs() throws {
        let exec = try parse("exec", "keystone1", "--", "sh", "-c", "--help", "--")
        #expect(exec.string("member") == "keystone1")
        #expect(exec.rest == ["sh", "-c", "--help", "--"])
        #expect(try parse("exec", "keystone1", "sh", "-e", "x", "-h").rest == ["sh", "-e", "x", "-h"])
        #expect(
            try parse("client", "--json", "--", "openstack", "token", "issue").rest == ["openstack", "token", "issue"])
        #expect(try parse("client", "-v", "openstack", "--json").rest == ["openstack", "--json"])
        #expect(try parse("exec", "keystone1").rest == [])
        #expect(try parse("exec", "keystone1", "--").rest == [])
    }

    @Test func endsOptionsAtTwoDashes() throws {
        #expect(try parse("build", "--", "--jobs", "-x").list("recipe") == ["--jobs", "-x"])
        #expect(try parse("build", "-", "-5").list("recipe") == ["-", "-5"])
    }

    @Test func asksForHelpWherever() throws {
        for words in [["image", "push", "--help"], ["-h", "image", "push"], ["image", "-h"], ["--version", "-h"]] {
            let request = try ArgumentParser(sample, variables: { _ in nil }).parse(words)
            guard case .help(let path) = request else {
                Issue.record("\(words): \(request)")
                continue
            }
            #expect("prog \(words.filter { !$0.hasPrefix("-") }.joined(separator: " "))".hasPrefix(path.text))
        }
    }

    @Test func definitionsAreSound() {
        // The sample's `build --version` hides the outer `--version`, which inner commands do not have.
        #expect(sample.definitionMistakes() == [])
    }

    @Test func findsUnsoundDefinitions() {
        let broken = CommandDefinition(
            "x", summary: "Break.",
            options: [
                .value("a", short: "a", "A", .count, default: "0", summary: "one"),
                .flag("b", short: "a", summary: "two."),
            ],
            arguments: [
                .optional("a", summary: "one"), .required("c", summary: "two"), .repeated("d", summary: "three"),
                .rest("e", summary: "four"), .required("f", summary: "five"),
            ])
        #expect(
            broken.definitionMistakes() == [
                "x: option or argument a is declared twice",
                "x: option -a is declared twice",
                "x: it does nothing",
                "x: its summary ends with a full stop",
                "x: e takes all that follows but is not the last",
                "x: a may be missing but c may not",
                "x: d is repeated but not the last",
                "x: d may be missing but f may not",
                "x: the default of --a is not a whole number of at least 1",
                "x: the summary of --b",
            ])
    }
}
