import Documents
import Model

/// A recipe's image with a bug, an entry of test/broken.yaml: the recipe's test must fail on it.
public struct BrokenImage: Sendable, Hashable {
    /// The bug, in words.
    public let bug: String
    /// A part of the words of the test that fails.
    public let told: String
    /// The bug as lines of a Dockerfile, which follow on the recipe's own and are carried out as root.
    public let dockerfile: String

    /// Reads a list of broken images; docs/reference/broken.yaml explains the form.
    ///
    /// - Throws: `Problems` where the text is no such list.
    public static func read(_ text: String, file: String) throws -> [BrokenImage] {
        let problems = ProblemList()
        let images = NodeReader<[BrokenImage]>.list(
            of: NodeReader<BrokenImage>.object { reader in
                let bug = reader.required("bug", .text)
                let told = reader.required("told", .text)
                let dockerfile = reader.required("dockerfile", .text)
                guard let bug, let told, let dockerfile else { return nil }
                return BrokenImage(bug: bug, told: told, dockerfile: dockerfile)
            }
        ).read(try YAMLNode.parse(text: text, file: file), ReadingContext(problems: problems))
        try problems.check()
        return images ?? []
    }
}
