import Testing

@testable import CommandLine

@Suite struct HelpTextTests {
    private func path(_ words: String...) throws -> CommandPath {
        var scanner = ArgumentScanner(root: sample)
        for word in words { try scanner.take(word) }
        return scanner.path
    }

    @Test func showsTheProgram() throws {
        #expect(
            helpText(of: try path(), width: 60) == """
                Do sample things.

                Usage: prog [OPTIONS] COMMAND

                A program of the tests.

                Commands:
                  build   Build images
                  exec    Run a program in a member
                  client  Run a client
                  image   Work on images

                Options:
                      --version           show the version
                  -e, --environment FILE  the environment (default:
                                          $PROG_ENV, else env.yaml)
                      --json              print JSON
                  -v, --verbose           say more
                      --yes               do not ask
                  -h, --help              show this help

                `prog COMMAND --help` tells more about a command.
                """)
    }

    @Test func showsACommand() throws {
        #expect(
            helpText(of: try path("build"), width: 72) == """
                Build images.

                Usage: prog build [OPTIONS] [RECIPE...]

                Arguments:
                  RECIPE  what to build; without it, all

                Options:
                  -j, --jobs N          how many at a time (default: 2)
                  -f, --force           build again
                      --version TEXT    the version to tag
                      --set NAME=VALUE  a build argument (may be repeated)
                      --within TIME     the limit
                      --memory SIZE     the limit of memory
                      --progress KIND   how to show progress (plain, terminal)

                Options of all commands:
                  -e, --environment FILE  the environment (default: $PROG_ENV, else
                                          env.yaml)
                      --json              print JSON
                  -v, --verbose           say more
                      --yes               do not ask
                  -h, --help              show this help

                Examples:
                  prog build -j 4 keystone
                      build one with its parents, four at a time
                """)
    }

    @Test func showsUsageOfEveryKindOfArgument() throws {
        #expect(usageLine(of: try path("exec")) == "prog exec [OPTIONS] MEMBER [-- COMMAND...]")
        #expect(usageLine(of: try path("client")) == "prog client [OPTIONS] -- COMMAND...")
        #expect(usageLine(of: try path("image", "push")) == "prog image push --registry HOST [OPTIONS] IMAGE [TAG]")
        #expect(usageLine(of: try path("image")) == "prog image [OPTIONS] COMMAND")
    }

    @Test func wrapsProseAndKeepsIndentedLines() {
        #expect(wrapped("one two three  four", width: 9) == ["one two", "three", "four"])
        #expect(wrapped("aaaaaaaaaaaa b", width: 5) == ["aaaaaaaaaaaa", "b"])
        #expect(
            paragraphs(of: "one\ntwo\n\n  x:\n    y\n\nthree") == [
                .prose("one two"), .literal(["x:", "  y"]), .prose("three"),
            ])
    }

    @Test func putsALongTermOnALineOfItsOwn() {
        let rows = [("a", "short"), ("--a-very-long-option-name WITH-A-PLACEHOLDER", "text")]
        #expect(
            definitionList(rows.map { (term: $0.0, text: $0.1) }, width: 60) == [
                "  a  short", "  --a-very-long-option-name WITH-A-PLACEHOLDER", "     text",
            ])
    }
}
