import Layouts
import Model
import TestTools
import Testing

@testable import Recipes
@testable import Rendering

/// Names of sections and keys that are templates, and values of lists that are left out.
@Suite struct SectionNameTests {
    private func resolver(_ ini: String, config: String = "{}") throws -> Resolver {
        let files = [
            "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
            "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
            "recipes/disk/recipe.yaml": """
            summary: disk
            image: {parent: root}
            service:
              settings: {name: {type: string, default: "", help: h}, lines: {type: string, multiline: true, default: "a\\nb", help: h}}
              files:
                disk.conf:
                  ini: \(ini)

            """,
        ]
        let environment = try Environment.parse(
            text: "services: {disk: {replicas: 2, config: {disk.conf: \(config)}}}\n", file: "lab.yaml")
        return Resolver(
            layout: try Layout(
                environment: environment, catalog: try Catalog.parse(files: files, folder: "c"), kept: [:]),
            secrets: [:], images: [:])
    }

    private func texts(_ ini: String, config: String = "{}") throws -> [String] {
        let resolver = try resolver(ini, config: config)
        return try ["disk1", "disk2"].map { try resolver.files(ofMember: $0).map(\.text).joined() }
    }

    @Test func namesAreTemplates() throws {
        #expect(
            try texts(#"{"disk.{{ member.index }}": {"of {{ service.name }}": 1}, all: {}}"#) == [
                "[all]\n\n[disk.0]\nof disk = 1\n", "[all]\n\n[disk.1]\nof disk = 1\n",
            ])
        #expect(try texts(#"{all: {"{{ member.name }}": 1}}"#) == ["[all]\ndisk1 = 1\n", "[all]\ndisk2 = 1\n"])
        // A section without keys has a meaning.
        #expect(try texts(#"{"{{ member.name }}": {}}"#) == ["[disk1]\n", "[disk2]\n"])
    }

    @Test func operatorsNameWhatIsRendered() throws {
        let ini = #"{"disk.{{ member.index }}": {size: 1, "{{ member.name }}": 2}}"#
        // An override is for the file of every member, so that another member's file has one more section.
        #expect(
            try texts(ini, config: "{disk.0: {size: 5, disk1: null}}") == [
                "[disk.0]\nsize = 5\n", "[disk.1]\nsize = 1\ndisk2 = 2\n\n[disk.0]\nsize = 5\n",
            ])
        #expect(
            try texts(ini, config: "{disk.1: {size: null, disk2: null}}") == [
                "[disk.0]\nsize = 1\ndisk1 = 2\n", "",
            ])
    }

    private static let refused = [
        (
            #"{"{{ settings.name }}": {a: 1}}"#,
            #"section "{{ settings.name }}" is "" for disk1: the section has no name"#
        ),
        (
            #"{"a{{ "]" }}": {a: 1}}"#.replacing("\"]\"", with: "']'"),
            #"section "a{{ ']' }}" is "a]" for disk1: the section's name has a "]""#
        ),
        (
            #"{"{{ settings.lines }}": {a: 1}}"#,
            "section \"{{ settings.lines }}\" is \"a\nb\" for disk1: the section's name has a line break"
        ),
        (
            #"{" {{ member.name }}": {a: 1}}"#,
            #"section " {{ member.name }}" is " disk1" for disk1: the section's name begins or ends with white space"#
        ),
        (
            #"{a: {"{{ member.name }}=": 1}}"#,
            #"key of [a] "{{ member.name }}=" is "disk1=" for disk1: the key's name has a "=" or ":""#
        ),
    ]

    @Test(arguments: refused)
    func aNameThatCannotBeWrittenIsToldAtItsPlace(ini: String, told: String) throws {
        let resolver = try resolver(ini)
        let problems = try #require(thrown(Problems.self) { _ = try resolver.desiredState() })
        let column = ini.hasPrefix("{a:") ? 17 : 13
        #expect(problems.all.map(\.message) == ["disk's disk.conf: \(told)"])
        #expect(
            problems.all.map { "\($0.place.map(String.init(describing:)) ?? "")" } == [
                "c/recipes/disk/recipe.yaml:7:\(column)"
            ])
    }

    @Test func namesThatAreTheSameAreTold() throws {
        func told(_ ini: String) throws -> String {
            let resolver = try resolver(ini)
            return try #require(thrown(Problems.self) { _ = try resolver.desiredState() }).description
        }
        #expect(
            try told(#"{disk.1: {a: 1}, "disk.{{ member.index }}": {a: 1}}"#) == """
                c/recipes/disk/recipe.yaml:7:29: disk's disk.conf: section "disk.{{ member.index }}" is "disk.1" for disk2, \
                and so is "disk.1" at c/recipes/disk/recipe.yaml:7:13; give both a name of their own, or write one of them
                """)
        #expect(
            try told(#"{s: {"{{ member.name }}": 1, "{{ service.name }}1": 1}}"#) == """
                c/recipes/disk/recipe.yaml:7:41: disk's disk.conf: key of [s] "{{ service.name }}1" is "disk1" for disk1, \
                and so is "{{ member.name }}" at c/recipes/disk/recipe.yaml:7:17; \
                give both a name of their own, or write one of them
                """)
    }

    @Test func valuesOfAListAreLeftOut() throws {
        #expect(
            try texts(
                #"{a: {servers: ["x:1", {value: "y:{{ member.index }}", when: "{{ member.index }}"}, {value: z}]}}"#)
                == ["[a]\nservers = x:1\nservers = z\n", "[a]\nservers = x:1\nservers = y:1\nservers = z\n"])
        #expect(
            try texts(#"{a: {b: 1, servers: [{value: x, when: "{{ member.index }}"}]}}"#)
                == ["[a]\nb = 1\n", "[a]\nb = 1\nservers = x\n"])
    }
}
