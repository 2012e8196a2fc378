import System

extension CommandDefinition {
    static let version = CommandDefinition("version", summary: "Show the program's version") { _ in
        printOut("minke \(Version.text)")
        return .done
    }
}
