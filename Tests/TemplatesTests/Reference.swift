import Foundation
import Model
import System
import Testing

@testable import Templates

/// Python's Jinja, asked once for many templates.
struct Reference {
    struct Outcome: Decodable {
        let text: String?
        let error: String?
    }

    private struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    static func render(_ templates: [String], with context: [String: Value]) async throws -> [Outcome] {
        let request = Datum.mapping(
            ValueMap([
                ("templates", .list(templates.map { .string($0) })),
                ("context", .map(ValueMap(context.map { ($0.key, $0.value) }))),
            ]))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("reference.py")
        let result = try await Subprocess(
            "/usr/bin/python3", [script.path], input: Array(try json(request).utf8), timeLimit: .seconds(60)
        ).run()
        guard result.status.isSuccess else {
            throw Unavailable(description: "Python's Jinja could not be run: \(result.errorText)")
        }
        return try JSONDecoder().decode([Outcome].self, from: Data(result.output))
    }

    /// JSON with mappings in their own order, which `tojson` would sort.
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
