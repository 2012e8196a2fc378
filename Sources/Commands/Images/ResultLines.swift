import Building
import System

/// The result for an image that a line in the form of Dockerstack's Makefile shows.
enum ImageResult {
    case built, removed, passed, notTested
}

/// The line for an image, as Dockerstack's `make` printed it: without registry, prefix and release.
func resultLine(_ result: ImageResult, _ reference: String) -> String {
    let name = reference.split(separator: "/").last.map(String.init) ?? reference
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    // A tag is RELEASE-VERSION.
    let version = parts.count == 2 ? parts[1].split(separator: "-", maxSplits: 1).last.map(String.init) : nil
    let image = "\(parts.first ?? name):\(version ?? "latest")"
    return switch result {
    case .built: "🔨  \(image) - Done"
    case .removed: "🔫  \(image) - Done"
    case .passed: "✅  \(image) - Passed"
    case .notTested: "☝️  \(image) - Not implemented"
    }
}

/// An observer that prints only failures.
struct ResultLineObserver: BuildObserver {
    func observe(_ event: BuildEvent) {
        if case .failed(let failure) = event { printError("\(failure)") }
    }

    func finish() {}
}

extension BuildReport.Row {
    /// Whether there is an image now.
    var isUsable: Bool {
        switch outcome {
        case .present, .built: true
        case .failed, .skipped: false
        }
    }
}
