import Documents
import Model

extension SettingRecipe {
    /// The fault of a value for this setting, as the end of a sentence, and the remedy where there is one; nil where
    /// the value fits.
    public func complaint(about value: Value) -> (text: String, remedy: String?)? {
        func expecting(_ expected: String, remedy: String? = nil) -> (String, String?) {
            ("is \(described(value)), expected \(expected)", remedy)
        }
        switch (kind, value) {
        case (.integer, .int), (.boolean, .bool), (.string, .string), (.list, .list), (.number, .int),
            (.number, .double):
            break
        default:
            let isMeant = kind == .string && value.isScalar
            return expecting("\(kind.article) \(kind.rawValue)", remedy: isMeant ? "put it in quotes" : nil)
        }
        let number = value.number
        if let number, !number.isFinite { return expecting("\(kind.article) \(kind.rawValue)") }
        if let complaint = lineComplaint(about: value) { return complaint }
        if let number, let minimum, number < minimum { return expecting("\(minimum.shortText) at least") }
        if let number, let maximum, number > maximum { return expecting("\(maximum.shortText) at most") }
        if let choices, !choices.contains(value) {
            let names = choices.compactMap { $0.string ?? $0.int.map(String.init) }
            return expecting(
                oneAmong(names),
                remedy: value.string.flatMap { nearestName(to: $0, among: names) }.map { "did you mean \($0)?" })
        }
        return nil
    }

    /// The complaint about a control character in a text: a line break would end the line in a file and begin another
    /// option.
    private func lineComplaint(about value: Value) -> (text: String, remedy: String?)? {
        if let item = value.list?.first(where: { !$0.isScalar && $0.string == nil }) {
            return ("has \(described(item)) in its list, expected texts or numbers", nil)
        }
        let texts = value.list?.map { $0.string ?? "" } ?? [value.string ?? ""]
        for text in texts {
            let position = text.unicodeScalars.enumerated().first { $1.properties.generalCategory == .control }
            guard let (index, scalar) = position, !(takesLines && scalar == "\n") else { continue }
            return (
                "has \(VisibleText.name(of: scalar)) as character \(index + 1), expected a text of one line",
                "leave it out; it would end the line in the file that has the setting"
            )
        }
        return nil
    }
}

extension Value {
    fileprivate var isScalar: Bool {
        switch self {
        case .bool, .int, .double: true
        default: false
        }
    }
}

extension SettingRecipe.Kind {
    var article: String { self == .integer ? "an" : "a" }
}
