import Model

/// The failure of an operation that does not know its place in the source.
struct Failure: Error {
    var message: String
    var remedy: String?
    /// The place in the source, for a failure that was caused elsewhere than it was noticed.
    var offset: Int?

    init(_ message: String, remedy: String? = nil, offset: Int? = nil) {
        self.message = message
        self.remedy = remedy
        self.offset = offset
    }

    /// Makes a failure over a name that does not exist, with the nearest existing name as the remedy.
    init(unknown what: String, _ name: String, among names: some Sequence<String>) {
        self.init(
            "\(what) '\(name)' does not exist",
            // A name of one letter is near to every short one, so that it would mislead.
            remedy: nearestName(to: name, among: names.filter { $0.utf8.count > 1 }).map { "did you mean '\($0)'?" })
    }
}
