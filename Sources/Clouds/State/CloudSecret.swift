import Layouts
import Recipes

/// A secret of a cloud, without its value.
public struct CloudSecret: Sendable, Hashable {
    /// The origin of a secret's value.
    public enum Origin: String, Sendable {
        /// A file that the environment's file names.
        case given
        case generated
    }

    /// The name: `NAME` for one of the whole environment, `SERVICE.NAME` for a service's own, and
    /// `SERVICE.NAME.MEMBER` for a member's own.
    public let name: String
    /// The origin of the value.
    public let origin: Origin
    /// Whether the next plan puts another value in place.
    public let isReplaced: Bool
}

extension CloudSecret {
    /// The secrets of all services of a layout, in the order of their names.
    ///
    /// - Parameter replaced: the names of secrets whose values the next plan replaces.
    static func all(of layout: Layout, replaced: Set<String>) -> [CloudSecret] {
        SecretKeeper.recipes(in: layout).keys.sorted().map { name in
            CloudSecret(
                name: name, origin: layout.environment.secrets[name] == nil ? .generated : .given,
                isReplaced: replaced.contains(name))
        }
    }
}
