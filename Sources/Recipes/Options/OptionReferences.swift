/// The names that oslo.config resolves after `$` in a value, in order; `$$` and `\$` are dollar signs.
///
/// A name begins with a letter or `_`, continues with those, digits and dots, and may stand in braces.
func optionReferences(in value: String) -> [String] {
    value.matches(of: #/\\\$|\$\$|\$([_A-Za-z][_.A-Za-z0-9]*)|\$\{([_A-Za-z][_.A-Za-z0-9]*)\}/#)
        .compactMap { $0.1 ?? $0.2 }.map(String.init)
}
