import Model
import System
import TestTools
import Testing

@testable import Recipes

@Suite struct OptionCheckTests {
    private static let list = """
        # image: shop
        [DEFAULT]
        debug = boolean
        workers = integer 1..
        use_stderr = boolean
        [database]
        backend = choice mysql|sqlite
        max_pool_size = integer
        [cache]
        servers = list
        urls = repeated text
        [*]
        helper_command = text
        helper_wait = integer

        """

    /// The problems and then the notes of the values for x.conf.
    private func said(_ sections: String, list: String = list) throws -> [String] {
        var sample = SampleCatalog()
        sample.files["options/epoxy/shop.ini"] = list
        sample.files["recipes/x/recipe.yaml"] = """
            summary: a
            image: {parent: root}
            service:
              files:
                x.conf:
                  options: shop
                  references: true
                  ini:
                    DEFAULT: {debug: true, own: 1}
                    plugin: {speed: 1}
                    "backend.{{ member.index }}.x": {"of_{{ member.index }}": 1}

            """
        let catalog = try Catalog.parse(files: sample.files, folder: "c")
        let file = try #require(catalog.recipes["x"]?.service?.files.first)
        let environment = try Environment.parse(
            text: "services: {x: {config: {x.conf: \(sections)}}}\n", file: "e.yaml")
        let list = try #require(try catalog.options.list("shop", release: "epoxy"))
        var check = OptionCheck(list, service: "x", file: file, release: "epoxy")
        for override in environment.services[0].overrides { check.check(override) }
        return check.problems.map(\.description) + check.notes.map { "note: \($0)" }
    }

    @Test(arguments: [
        "{DEFAULT: {debug: on, workers: 3}, database: {backend: mysql}}", "{DEFAULT: {workers: null, wrokers: null}}",
        "{DEFAULT: {own: abc}, plugin: {speed: fast, other: 1}}", "{nowhere: {wrokers: null}}",
        "{Database: {max_pool_size: 5}, privsep: {helper_command: a}, database: {helper_wait: 1}}",
        "{DEFAULT: {workers: \"{{ settings.workers }}\", debug: $use_stderr}}",
        "{cache: {servers: \"$own ${database.backend} $$none \\\\$none $5 $debug\"}, DEFAULT: {debug: \"$plugin.speed\"}}",
        "{cache: {urls: [a, b], servers: \"a,b\"}}", "{backend.1.x: {of_1: 2, other: $of_2}}",
    ])
    func whatFitsIsNotMentioned(sections: String) throws { #expect(try said(sections) == []) }

    @Test(arguments: [
        ("{DEFAULT: {debug: maybe}}", "e.yaml:1:51: x's x.conf [DEFAULT] debug is \"maybe\", expected true or false"),
        (
            "{DEFAULT: {workers: [1, 0]}}",
            """
            e.yaml:1:57: x's x.conf [DEFAULT] workers is "0", expected an integer of 1 at least
            note: e.yaml:1:44: x.conf of epoxy takes [DEFAULT] workers once, and the last of its 2 values counts; \
            write one value
            """
        ),
        (
            "{DEFAULT: {debug: perhaps, workers: no}}",
            """
            e.yaml:1:51: x's x.conf [DEFAULT] debug is "perhaps", expected true or false
            e.yaml:1:69: x's x.conf [DEFAULT] workers is "no", expected an integer of 1 at least
            """
        ),
        (
            "{database: {backend: mysq}}",
            "e.yaml:1:54: x's x.conf [database] backend is \"mysq\", expected one of mysql, sqlite; did you mean mysql?"
        ),
        (
            "{other: {helper_wait: soon}}",
            "e.yaml:1:55: x's x.conf [other] helper_wait is \"soon\", expected an integer"
        ),
        (
            "{DEFAULT: {wrokers: 1}}",
            "note: e.yaml:1:44: x.conf of epoxy has no option [DEFAULT] wrokers; did you mean workers?"
        ),
        (
            "{DEFAULT: {max_pool_size: 1}}",
            "note: e.yaml:1:44: x.conf of epoxy has no option [DEFAULT] max_pool_size; "
                + "did you mean [database] max_pool_size?"
        ),
        ("{DEFAULT: {zebra: 1}}", "note: e.yaml:1:44: x.conf of epoxy has no option [DEFAULT] zebra"),
        (
            "{databse: {backend: mysql, other: 1}}",
            "note: e.yaml:1:34: x.conf of epoxy has no section [databse]; did you mean [database]?"
        ),
        (
            "{cache: {servers: \"$srevers ${workers}/${none}\"}}",
            """
            note: e.yaml:1:51: x.conf of epoxy has no option for $srevers; did you mean $servers?
            note: e.yaml:1:51: x.conf of epoxy has no option for $none; write \\$ for a dollar
            """
        ),
        (
            "{cache: {servers: [a, b]}}",
            "note: e.yaml:1:42: x.conf of epoxy takes [cache] servers once, and the last of its 2 values counts; "
                + "write one text, with commas between values"
        ),
    ])
    func whatDoesNotFitIsTold(sections: String, told: String) throws {
        #expect(try said(sections).joined(separator: "\n") == told)
    }

    @Test func aListWithAnUnknownTypeIsRefused() {
        let problems = thrown(Problems.self) {
            try said("{}", list: "[DEFAULT]\ndebug = boolean\nworkers = intger\n")
        }
        #expect(
            problems?.description == "c/options/epoxy/shop.ini:3:1: [DEFAULT] workers has the unknown type \"intger\"; "
                + "make the list again: `make options`")
    }

    @Test func withoutAListThereIsNone() throws {
        let catalog = try Catalog.parse(files: SampleCatalog().files, folder: "c")
        #expect(try catalog.options.list("shop", release: "epoxy") == nil)
    }

    @Test func optionsAreForINIFiles() {
        #expect(
            SampleCatalog.refusal(ofService: "files: {x.conf: {content: a, options: shop}}")
                == "recipe.yaml:4:32: file x.conf has `options`, and they are for an INI file; "
                + "give the file as `ini:`, or leave `options` out")
    }

    @Test func theReferenceIsAList() throws {
        let tests = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let path = Files.folder(of: tests) + "/docs/reference/options.ini"
        let list = try OptionList(CatalogFile(path: path, text: try Files.readText(path)))
        #expect(list.names(in: "DEFAULT").count == 22)
        #expect(list.option("versions", in: "DEFAULT")?.type == .list(.integerOf([4, 6])))
        #expect(list.option("helper_command", in: "some_plugin")?.type == .text)
        #expect(list.sectionNames == ["DEFAULT"])
    }
}
