import Testing

@testable import CommandLine

@Suite struct UsageErrorTests {
    @Test func namesTheNearestOption() {
        #expect(usageProblems("build", "--jbos", "4") == ["prog build: unknown option --jbos; the nearest is --jobs"])
        #expect(usageProblems("build", "--jbos=4") == ["prog build: unknown option --jbos; the nearest is --jobs"])
        #expect(usageProblems("build", "-x") == ["prog build: unknown option -x"])
        #expect(usageProblems("build", "-fx") == ["prog build: unknown option -x in -fx"])
        #expect(usageProblems("build", "-set", "a") == ["prog build: unknown option -s in -set; the option is --set"])
    }

    @Test func saysWhichCommandAnOptionBelongsTo() {
        #expect(
            usageProblems("--jobs", "4", "build") == [
                "prog: unknown option --jobs; it is an option of prog build: write it after that command"
            ])
        #expect(
            usageProblems("--registry", "x", "image", "push") == [
                "prog: unknown option --registry; it is an option of prog image push: write it after that command"
            ])
    }

    @Test func namesTheNearestCommand() {
        #expect(usageProblems("biuld") == ["prog: unknown command 'biuld'; the nearest is prog build"])
        #expect(usageProblems("push") == ["prog: unknown command 'push'; there is prog image push"])
        #expect(usageProblems("whatever") == ["prog: unknown command 'whatever'"])
        #expect(usageProblems("image", "frob") == ["prog image: unknown command 'frob'; there are push, list"])
        #expect(usageProblems("image") == ["prog image: a command is missing; there are push, list"])
    }

    @Test func tellsOfEveryWrongValueAtOnce() {
        #expect(
            usageProblems("build", "-j", "65", "--set", "X", "--progress", "plan", "--within=x", "--memory=1x") == [
                "prog build: --jobs expects a whole number from 1 to 64, not '65'",
                "prog build: --set expects NAME=VALUE, not 'X'",
                "prog build: --progress expects one of plain, terminal, not 'plan'; the nearest is plain",
                "prog build: --within expects a duration such as 500ms, 30s, 10m or 2h, not 'x'",
                "prog build: --memory expects a size such as 512m or 2g, not '1x'",
            ])
    }

    @Test func tellsWhatIsMissing() {
        #expect(
            usageProblems("image", "push") == [
                "prog image push: --registry HOST is missing",
                "prog image push: IMAGE is missing; it is the image",
            ])
        #expect(
            usageProblems("build", "--jobs") == [
                "prog build: --jobs needs a value: a whole number from 1 to 64"
            ])
        #expect(
            usageProblems("client", "--") == [
                "prog client: COMMAND is missing; it is the program with its arguments"
            ])
    }

    @Test func refusesWhatIsTooMuch() {
        #expect(
            usageProblems("image", "list", "x") == [
                "prog image list: unexpected argument 'x': the command takes no arguments"
            ])
        #expect(
            usageProblems("image", "push", "--registry=r", "a", "b", "c") == [
                "prog image push: unexpected argument 'c': the command takes no more than 2"
            ])
        #expect(
            usageProblems("build", "--force=yes") == [
                "prog build: --force takes no value, and 'yes' is given"
            ])
        #expect(usageProblems("build", "-j1", "-j2") == ["prog build: --jobs is given twice, with '1' and '2'"])
        #expect(
            usageProblems("build", "--version", "--force") == [
                "prog build: --version needs a value, and --force is an option; "
                    + "if it is meant as the value, write --version=--force"
            ])
    }

    @Test func blamesTheVariableForItsValue() {
        #expect(
            usageProblems("build", variables: ["PROG_ENV": ""]) == [
                "prog build: the variable PROG_ENV expects the name of an environment's file, not ''"
            ])
    }

    @Test func printsUsageBelowTheProblems() throws {
        do {
            _ = try parse("image", "push", "x")
            Issue.record("no error")
        } catch {
            #expect(
                "\(error)" == """
                    prog image push: --registry HOST is missing
                    Usage: prog image push --registry HOST [OPTIONS] IMAGE [TAG]
                    More: prog image push --help
                    """)
        }
    }
}
