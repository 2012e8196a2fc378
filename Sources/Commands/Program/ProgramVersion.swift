import CommandLine
import Model
import System

extension CommandDefinition {
    static let version = CommandDefinition("version", summary: "Show the program's version") { arguments in
        arguments.show(VersionReport())
        return .done
    }
}

private struct VersionReport: Report {
    var value: Value { ["version": .string(Version.text)] }
    func text(_ style: Style) -> String { "minke \(Version.text)" }
}
