import Recipes

extension Layout {
    /// The name of the environment's network on the engine.
    package static func networkName(environment: String) -> String { "minke-\(environment)" }

    /// The name of a further network on the engine.
    package static func networkName(environment: String, further: String) -> String {
        "\(networkName(environment: environment))-\(further)"
    }
}
