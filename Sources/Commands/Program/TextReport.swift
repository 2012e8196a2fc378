import CommandLine
import Model

/// A text that is a command's whole result; in JSON it stands under a key.
struct TextReport: Report {
    let key: String
    let body: String

    var value: Value { .map(ValueMap([(key, .string(body))])) }

    func text(_ style: Style) -> String { body.hasSuffix("\n") ? String(body.dropLast()) : body }
}
