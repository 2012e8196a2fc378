/// The names that oslo.config reads after `$` in a value, in their order; `$$` and `\$` are dollars.
///
/// A name begins with a letter or `_`, goes on with those, digits and dots, and may stand in braces.
func optionReferences(in value: String) -> [String] {
    var names: [String] = []
    var rest = value.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        if scalar == "\\", rest.first == "$" {
            rest.removeFirst()
            continue
        }
        guard scalar == "$" else { continue }
        if rest.first == "$" {
            rest.removeFirst()
            continue
        }
        let isBraced = rest.first == "{"
        let start = isBraced ? rest.dropFirst() : rest
        guard let first = start.first, first == "_" || isLetter(first) else { continue }
        let name = start.prefix { $0 == "_" || $0 == "." || isLetter($0) || ("0"..."9").contains($0) }
        let after = start[name.endIndex...]
        if isBraced, after.first != "}" { continue }
        names.append(String(name))
        rest = isBraced ? after.dropFirst() : after
    }
    return names
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}
