import Documents
import Model

/// The type of an option, as a list of options states it; docs/reference/options.ini has all forms.
public indirect enum OptionType: Sendable, Hashable {
    /// Any text, where only the option's existence is known.
    case text
    case boolean
    case integer(minimum: Int?, maximum: Int?)
    case integerOf([Int])
    case float(minimum: Double?, maximum: Double?)
    case choice([String], ignoresCase: Bool)
    /// An IP address; nil for either version.
    case address(version: Int?)
    /// A host's name or its IP address.
    case host(version: Int?, hasUnderscores: Bool)
    /// A URI with a host; an empty list allows any scheme.
    case uri(schemes: [String])
    /// Values separated by commas.
    case list(OptionType)

    static let port = OptionType.integer(minimum: 0, maximum: 65535)

    /// Parses a type in the notation of lists of options; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = Substring(text).split(separator: " ", maxSplits: 1)
        let rest = parts.count > 1 ? parts[1] : ""
        switch (parts.first, rest.isEmpty) {
        case ("text", true): self = .text
        case ("boolean", true): self = .boolean
        case ("port", true): self = .port
        case ("list", true): self = .list(.text)
        case ("list", false):
            guard rest.hasPrefix("of "), let item = OptionType(rest.dropFirst("of ".count)) else { return nil }
            self = .list(item)
        case ("integer", _):
            if let (minimum, maximum) = Self.bounds(rest, { Int($0) }) {
                self = .integer(minimum: minimum, maximum: maximum)
            } else {
                let words = Self.alternatives(rest)
                let numbers = words.compactMap { Int($0) }
                guard numbers.count == words.count else { return nil }
                self = .integerOf(numbers)
            }
        case ("float", _):
            guard let (minimum, maximum) = Self.bounds(rest, { Double($0) }) else { return nil }
            self = .float(minimum: minimum, maximum: maximum)
        case ("choice", false): self = .choice(Self.alternatives(rest), ignoresCase: false)
        case ("word", false): self = .choice(Self.alternatives(rest), ignoresCase: true)
        case ("uri", _): self = .uri(schemes: rest.isEmpty ? [] : Self.alternatives(rest))
        case ("address", _), ("host", _), ("domain", _):
            guard rest.isEmpty || rest == "4" || rest == "6" else { return nil }
            self =
                parts[0] == "address"
                ? .address(version: Int(rest)) : .host(version: Int(rest), hasUnderscores: parts[0] == "domain")
        default: return nil
        }
    }

    private static func alternatives(_ text: Substring) -> [String] {
        text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }

    /// The bounds in `LOW..HIGH`, where either can be missing, or of an empty text; nil for any other text.
    private static func bounds<Number>(
        _ text: Substring, _ number: (Substring) -> Number?
    ) -> (minimum: Number?, maximum: Number?)? {
        if text.isEmpty { return (nil, nil) }
        guard let dots = text.firstRange(of: "..") else { return nil }
        let (low, high) = (text[..<dots.lowerBound], text[dots.upperBound...])
        let (minimum, maximum) = (number(low), number(high))
        guard low.isEmpty || minimum != nil, high.isEmpty || maximum != nil else { return nil }
        return (minimum, maximum)
    }
}

extension OptionType {
    /// The fault of a value as it stands in an INI file, as the end of a sentence, and the remedy where there is one;
    /// nil where oslo.config takes the value.
    public func complaint(about value: String) -> (text: String, remedy: String?)? {
        // The value of a referenced option is not known here.
        if value.contains("$") || fits(value) { return nil }
        guard case .list(let item) = self else {
            return ("is \(described(.string(value))), expected \(expected)", nearest(to: value))
        }
        let wrong = Self.items(of: value).first { !item.fits($0) } ?? value
        return ("has \(described(.string(wrong))) in its list, expected \(item.expected)", item.nearest(to: wrong))
    }

    private func fits(_ value: String) -> Bool {
        switch self {
        case .text: return true
        case .boolean:
            return ["true", "false", "1", "0", "on", "off", "yes", "no"].contains(value.lowercased())
        case .integer(let minimum, let maximum):
            guard let number = PythonNumber.integer(value) else { return PythonNumber.isNone(value) }
            return number.isWithin(minimum, maximum)
        case .integerOf(let choices):
            guard let number = PythonNumber.integer(value) else { return PythonNumber.isNone(value) }
            return choices.contains { number.isWithin($0, $0) }
        case .float(let minimum, let maximum):
            guard let number = PythonNumber.float(value) else { return PythonNumber.isNone(value) }
            // A value that is not a number (NaN) is never outside a bound.
            return !(minimum.map { number < $0 } ?? false) && !(maximum.map { number > $0 } ?? false)
        case .choice(let choices, let ignoresCase):
            return choices.contains { ignoresCase ? $0.lowercased() == value.lowercased() : $0 == value }
        case .address(let version): return NetworkText.isAddress(value, version: version)
        case .host(let version, let hasUnderscores):
            return NetworkText.isAddress(value, version: version)
                || NetworkText.isHostName(value, hasUnderscores: hasUnderscores)
        case .uri(let schemes): return NetworkText.isURI(value, schemes: schemes)
        case .list(let item): return Self.items(of: value).allSatisfy(item.fits)
        }
    }

    private static func items(of value: String) -> [String] {
        var text = PythonNumber.stripped(value)
        while text.last == "," { text.removeLast() }
        if text.isEmpty { return [] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map { String(PythonNumber.stripped($0)) }
    }

    private var expected: String {
        switch self {
        case .text: "a text"
        case .boolean: "true or false"
        case .integer(let minimum, let maximum):
            "an integer" + Self.range(minimum.map(String.init), maximum.map(String.init))
        case .integerOf(let choices): oneAmong(choices.map(String.init))
        case .float(let minimum, let maximum):
            "a number" + Self.range(minimum.map(\.shortText), maximum.map(\.shortText))
        case .choice(let choices, _): oneAmong(choices.map { $0.isEmpty ? "nothing" : $0 })
        case .address(let version): "an IP\(version.map { "v\($0)" } ?? "") address"
        case .host(let version, _): "the name of a host or an IP\(version.map { "v\($0)" } ?? "") address"
        case .uri(let schemes):
            "a URI with a host" + (schemes.isEmpty ? "" : " and the scheme \(schemes.joined(separator: " or "))")
        case .list(let item): "a list, each of which is \(item.expected)"
        }
    }

    private func nearest(to value: String) -> String? {
        guard case .choice(let choices, _) = self else { return nil }
        return nearestName(to: value, among: choices.filter { !$0.isEmpty }).map { "did you mean \($0)?" }
    }

    private static func range(_ minimum: String?, _ maximum: String?) -> String {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): " from \(minimum) to \(maximum)"
        case (let minimum?, nil): " of \(minimum) at least"
        case (nil, let maximum?): " of \(maximum) at most"
        case (nil, nil): ""
        }
    }
}

extension Double {
    /// The number in digits, as an integer where it is one.
    var shortText: String { self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self) }
}
