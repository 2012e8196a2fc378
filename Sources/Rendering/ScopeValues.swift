import Model
import Recipes
import Templates

extension Value {
    /// A record of `TemplateScope`: a value for each of its fields.
    static func record<Field: ScopeRecord>(_ value: (Field) -> Value) -> Value {
        .map(ValueMap(Field.allCases.map { ($0.name, value($0)) }))
    }

    /// Values by names of recipes or environments, under each spelling that templates may write.
    static func byName(_ values: some Sequence<(key: String, value: Value)>) -> Value {
        var map = ValueMap(values.map { ($0.key, $0.value) })
        for (name, value) in values {
            for spelling in ScopeKeys.spellings(of: name) where map[spelling] == nil { map[spelling] = value }
        }
        return .map(map)
    }
}

extension Scope {
    /// The scope with one more layer of values, by the names of `TemplateScope`.
    func adding(_ layer: [TemplateScope.Root: Value]) -> Scope {
        adding(Dictionary(layer.map { ($0.name, $1) }, uniquingKeysWith: { first, _ in first }))
    }
}
