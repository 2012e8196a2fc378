import Model

/// The names that a template sees, in layers that are searched from the last to the first.
public struct Scope: Sendable {
    private var layers: [[String: Value]]

    /// Creates a scope of layers, which are searched from the last to the first.
    public init(_ layers: [[String: Value]] = []) {
        self.layers = layers
    }

    /// The scope with one more layer, whose names hide the same names in the layers below.
    public func adding(_ layer: [String: Value]) -> Scope {
        var copy = self
        copy.layers.append(layer)
        return copy
    }

    /// The value of a name, from the last layer that has it.
    public func lookup(_ name: String) -> Value? {
        var index = layers.count
        while index > 0 {
            index -= 1
            if let value = layers[index][name] { return value }
        }
        return nil
    }

    /// All names of all layers, for messages about a name that no layer has.
    var names: Set<String> {
        layers.reduce(into: []) { $0.formUnion($1.keys) }
    }
}
