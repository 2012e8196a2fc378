import Model

extension YAMLNode {
    /// Parses a text with one YAML document; an empty text is null.
    ///
    /// Anchors, aliases and merge keys (`<<`) are resolved. Keys are unique texts; a mapping's own key takes precedence
    /// over a merged one. The depth of nesting is limited, and so is the number of nodes once aliases are replaced.
    ///
    /// - Throws: `Problems` with the first fault of syntax, or else with all other faults.
    public static func parse(text: String, file: String) throws(Problems) -> YAMLNode {
        var text = text
        var result: Result<YAMLNode, Problems> = .failure(Problems([]))
        text.withUTF8 { bytes in
            do throws(Problems) {
                var composer = try YAMLComposer(events: YAMLEvents(bytes: bytes, file: file), file: file)
                result = .success(try composer.document())
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }
}
