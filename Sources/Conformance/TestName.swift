/// The name of a test in Tempest's form:
/// `tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_list_flavors`, followed by its attributes,
/// `[id-e36c0eaa-dff5-4082-ad1f-3f9a80aa3f59,smoke]`.
public struct TestName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The whole text, attributes included.
    public let text: String
    /// The name without attributes.
    public let name: String
    /// The identifier, which stays when the test is renamed; nil for tests of suites without identifiers.
    public let id: String?
    /// The attributes beside the identifier, such as `smoke` or `negative`.
    public let tags: Set<String>

    /// Parses a name, with or without attributes.
    public init(_ text: String) {
        self.text = text
        var tags: Set<String> = []
        var id: String?
        if text.hasSuffix("]"), let bracket = text.lastIndex(of: "[") {
            name = String(text[..<bracket])
            for attribute in text[text.index(after: bracket)...].dropLast().split(separator: ",") {
                if attribute.hasPrefix("id-") {
                    id = String(attribute.dropFirst(3))
                } else {
                    tags.insert(String(attribute))
                }
            }
        } else {
            name = text
        }
        self.id = id
        self.tags = tags
    }

    /// The name of the test's class, with its module.
    public var className: String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
    }

    /// The part of the name that is the same in all releases: the identifier or, without one, the name.
    public var key: String { id ?? name }

    /// Whether the test has this name, or is in the class, module or package with this name.
    public func isWithin(_ other: some StringProtocol) -> Bool {
        name.hasPrefix(other) && (name.count == other.count || name.dropFirst(other.count).first == ".")
    }

    /// The name without attributes.
    public var description: String { name }

    /// Compares the whole texts, attributes included.
    public static func < (left: TestName, right: TestName) -> Bool { left.text < right.text }
}
