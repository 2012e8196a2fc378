import Model

/// A failure of an operation that does not know its place in the source.
struct Failure: Error {
    var message: String
    var remedy: String?
    /// The byte offset of the cause in the source, where the failure was noticed elsewhere.
    var offset: Int?

    init(_ message: String, remedy: String? = nil, offset: Int? = nil) {
        self.message = message
        self.remedy = remedy
        self.offset = offset
    }

    /// Creates a failure for a name that does not exist, with the nearest existing name as the remedy.
    init(unknown what: String, _ name: String, among names: some Sequence<String>) {
        self.init(
            "\(what) '\(name)' does not exist",
            // A name of one letter is close to every short name, so that suggesting it would mislead.
            remedy: nearestName(to: name, among: names.filter { $0.utf8.count > 1 }).map { "did you mean '\($0)'?" })
    }
}
