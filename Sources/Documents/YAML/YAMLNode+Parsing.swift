import Model

extension YAMLNode {
    /// Reads a text that holds one document, or none, which is null.
    ///
    /// Anchors, aliases and merge keys (`<<`) are resolved. Keys are texts and unique; merged keys do not count as
    /// duplicates, and give way to the mapping's own. The nesting and the nodes that aliases multiply are limited.
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
