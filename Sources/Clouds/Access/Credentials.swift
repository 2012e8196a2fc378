import Model
import Rendering
import System

/// The data with which a client logs in to the environment's cloud.
package struct Credentials: Sendable {
    package let login: Administration
    /// The certificate of the cloud's authority; nil where it signed none.
    package let authority: String?
    package let environment: String

    /// Whether the cloud's public endpoints have TLS, with a certificate of `authority`.
    package var usesTLS: Bool { login.publicURL.hasPrefix("https:") }

    package init(_ survey: Survey) throws {
        guard let login = try survey.resolver.administration() else {
            throw Problems(
                "environment \(survey.desired.environment) has no service that keeps identities",
                remedy: "add `keystone: 1` under `services:`")
        }
        self.login = login
        environment = survey.desired.environment
        authority = survey.resolver.authority
    }

    /// The environment variables that OpenStack's clients read.
    package func variables(inside: Bool, authorityFile: String?) -> [(name: String, value: String)] {
        var variables = [
            ("OS_AUTH_URL", inside ? login.internalURL : login.publicURL),
            ("OS_IDENTITY_API_VERSION", "3"), ("OS_USERNAME", login.user), ("OS_PASSWORD", login.password),
            ("OS_PROJECT_NAME", login.project), ("OS_USER_DOMAIN_NAME", "Default"),
            ("OS_PROJECT_DOMAIN_NAME", "Default"), ("OS_REGION_NAME", login.region),
            ("OS_INTERFACE", inside ? "internal" : "public"),
        ]
        if let authorityFile { variables.append(("OS_CACERT", authorityFile)) }
        return variables
    }
}
