/// A text file of a catalogue.
struct CatalogFile: Sendable {
    /// As it is named in messages.
    let path: String
    let text: String
}
