import Foundation
import Model
import System
import Testing

@testable import Templates

/// Python's Jinja, run once for many templates.
struct Reference {
    struct Outcome: Decodable {
        let text: String?
        let error: String?
    }

    private struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// A script that reads JSON with templates and contexts, and writes JSON with each text or error.
    private static let script = """
        import json
        import sys
        import urllib.parse

        try:
            import jinja2
        except ImportError:
            sys.exit("Python's jinja2 is missing; install Debian's package python3-jinja2 or run pip install jinja2")

        environment = jinja2.Environment(
            undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
        )
        # The one filter that Jinja has not: a part of a URL, which its own urlencode leaves slashes in.
        environment.filters["urlpart"] = lambda value: urllib.parse.quote(str(value), safe="")
        request = json.load(sys.stdin)
        results = []
        for case in request["cases"]:
            try:
                results.append({"text": environment.from_string(case["template"]).render(**case["context"])})
            except Exception as error:
                results.append({"error": f"{type(error).__name__}: {error}"})
        json.dump(results, sys.stdout)
        """

    static func render(_ templates: [String], with context: [String: Value]) async throws -> [Outcome] {
        try await render(templates.map { ($0, context) })
    }

    /// Renders each template with a context of its own.
    static func render(_ cases: [(template: String, context: [String: Value])]) async throws -> [Outcome] {
        let request = Datum.mapping(
            ValueMap([
                (
                    "cases",
                    .list(
                        cases.map { item in
                            [
                                "template": .string(item.template),
                                "context": .map(ValueMap(item.context.map { ($0.key, $0.value) })),
                            ]
                        })
                )
            ]))
        let result = try await Subprocess(
            "/usr/bin/python3", ["-c", script], input: Array(try json(request).utf8), timeLimit: .seconds(60)
        ).run()
        guard result.status.isSuccess else {
            throw Unavailable(description: "Python's Jinja could not be run: \(result.errorText)")
        }
        return try JSONDecoder().decode([Outcome].self, from: Data(result.output))
    }

    /// The value as JSON with mappings in their own order, which `tojson` would sort.
    private static func json(_ datum: Datum) throws -> String {
        switch datum {
        case .mapping(let map):
            return try "{"
                + map.map { try json(.string($0.key)) + ":" + json(Datum($0.value)) }.joined(separator: ",") + "}"
        case .values(let items):
            return try "[" + items.map { try json(Datum($0)) }.joined(separator: ",") + "]"
        default: return try JSONText.write(datum, indent: nil)
        }
    }
}
