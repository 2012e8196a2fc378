import Model

extension SettingRecipe {
    /// What is wrong with a value for this setting, as the end of a sentence.
    public func complaint(about value: Value) -> String? {
        switch (kind, value) {
        case (.integer, .int), (.boolean, .bool), (.string, .string), (.list, .list), (.number, .int),
            (.number, .double):
            break
        default:
            return "is \(value.kind), and \(kind.article) \(kind.rawValue) was expected"
        }
        let number: Double? =
            switch value {
            case .int(let integer): Double(integer)
            case .double(let double): double
            default: nil
            }
        if let number, let minimum, number < minimum { return "is below \(format(minimum))" }
        if let number, let maximum, number > maximum { return "is above \(format(maximum))" }
        if let choices, !choices.contains(value) {
            let names = choices.compactMap { $0.string ?? $0.int.map(String.init) }
            let hint = value.string.flatMap { nearestName(to: $0, among: names) }.map { ": did you mean \($0)?" }
            return "is none of \(names.joined(separator: ", "))" + (hint ?? "")
        }
        return nil
    }

    private func format(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}

extension SettingRecipe.Kind {
    var article: String { self == .integer ? "an" : "a" }
}
