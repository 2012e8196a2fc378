import Model
import Testing

@testable import Templates

@Suite struct ErrorTests {
    private let scope = Scope([
        [
            "settings": ["workers": 2, "log_level": "info"], "member": ["name": "db1"], "words": ["a", "b"],
            "name": "n",
        ]
    ])

    private func message(_ source: String, firstLine: Int = 1, firstColumn: Int = 1) -> String {
        do {
            let template = try Template(source, name: "t.j2", firstLine: firstLine, firstColumn: firstColumn)
            return "rendered: " + (try template.render(scope))
        } catch {
            return "\(error)"
        }
    }

    @Test func namesWhatIsUndefinedAndWhatIsNear() {
        #expect(
            message("{{ setings.workers }}") == "t.j2:1:4: the name 'setings' is not defined; did you mean 'settings'?")
        #expect(
            message("a\n  {{ settings.worker }}")
                == "t.j2:2:15: the mapping has no key 'worker'; did you mean 'workers'?")
        #expect(
            message("{{ settings['loglevel'] }}")
                == "t.j2:1:13: the mapping has no key 'loglevel'; did you mean 'log_level'?")
        #expect(message("{{ zebra }}") == "t.j2:1:4: the name 'zebra' is not defined")
        #expect(message("{{ words[5] }}") == "t.j2:1:10: a list has no element 5")
        #expect(message("{{ name.x.y }}") == "t.j2:1:9: the string 'n' has no attribute 'x'")
    }

    @Test func placesAreWhereTheUndefinedNameStandsAndNotWhereItIsUsed() {
        #expect(message("{% set x = missing %}\n{{ x }}") == "t.j2:1:12: the name 'missing' is not defined")
        #expect(
            message("{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m() }}")
                == "t.j2:1:20: the parameter 'a' of the macro 'm' was not given")
    }

    @Test func placesAreOfTheDocumentAroundTheTemplate() {
        #expect(
            message("{{ missing }}\n", firstLine: 7, firstColumn: 12) == "t.j2:7:15: the name 'missing' is not defined")
        #expect(
            message("\n{{ missing }}\n", firstLine: 7, firstColumn: 12) == "t.j2:8:4: the name 'missing' is not defined"
        )
        #expect(message("ü€ {{ missing }}") == "t.j2:1:7: the name 'missing' is not defined")
        #expect(message("a\r\n\r\n{{ missing }}") == "t.j2:3:4: the name 'missing' is not defined")
    }

    @Test func refusesWhatIsNotSupportedByName() {
        #expect(message("{% include 'x' %}") == "t.j2:1:4: the tag 'include' is not supported")
        #expect(message("{% extends 'x' %}") == "t.j2:1:4: the tag 'extends' is not supported")
        #expect(message("{{ 1|random }}") == "t.j2:1:6: the filter 'random' is not supported")
        #expect(message("{{ 1 is sameas 1 }}") == "t.j2:1:9: the test 'sameas' is not supported")
        #expect(message("{{ 'x'.format(1) }}") == "t.j2:1:8: the method 'format' does not exist")
        #expect(message("{{ [].append(1) }}") == "t.j2:1:7: the method 'append' does not exist")
    }

    @Test func namesTheNearestOfWhatDoesNotExist() {
        #expect(message("{% fore x in y %}") == "t.j2:1:4: the tag 'fore' does not exist; did you mean 'for'?")
        #expect(message("{{ 1|uper }}") == "t.j2:1:6: the filter 'uper' does not exist; did you mean 'upper'?")
        #expect(message("{{ 1 is defind }}") == "t.j2:1:9: the test 'defind' does not exist; did you mean 'defined'?")
        #expect(message("{{ 'x'.uper() }}") == "t.j2:1:8: the method 'uper' does not exist; did you mean 'upper'?")
        #expect(
            message("{{ 'x'|indent(widht=1) }}")
                == "t.j2:1:8: the filter 'indent': the argument 'widht' does not exist; did you mean 'width'?")
        #expect(
            message("{{ words|map('uper') }}") == "t.j2:1:14: the filter 'uper' does not exist; did you mean 'upper'?")
    }

    @Test func saysWhatIsNotClosed() {
        #expect(message("\n{% if name %}x") == "t.j2:2:4: this 'if' is not closed; close it with '{% endif %}'")
        #expect(message("a {{ name") == "t.j2:1:3: this tag is not closed; close it with '}}'")
        #expect(message("{{ [1 }}") == "t.j2:1:7: unexpected '}', expected ']'")
        #expect(
            message("{% for x in words %}{% endif %}")
                == "t.j2:1:24: unexpected tag 'endif', expected 'else' or 'endfor'")
        #expect(message("{{ a b }}") == "t.j2:1:6: unexpected 'b', expected '}}'")
    }

    @Test func saysWhatCannotBeDone() {
        #expect(message("{{ name + 1 }}") == "t.j2:1:9: '+' cannot be applied to the string 'n' and the number 1")
        #expect(
            message("{{ 9223372036854775807 + 1 }}")
                == "t.j2:1:24: 9223372036854775807 + 1 is beyond 64-bit whole numbers")
        #expect(
            message("{{ words|map('upper') }}")
                == "t.j2:1:10: this sequence is lazy and has no text; make it a list with '|list' or '|join'")
        #expect(message("{% for x in 5 %}{% endfor %}") == "t.j2:1:13: the number 5 is not iterable")
        #expect(message("{{ name() }}") == "t.j2:1:8: the string 'n' cannot be called")
    }
}
