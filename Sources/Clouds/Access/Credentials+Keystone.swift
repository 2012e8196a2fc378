import HTTP
import Model
import OpenStack
import System

extension Credentials {
    /// Logs in to the cloud's Keystone at its public URL, as users do.
    ///
    /// - Parameter folder: the folder that keeps the certificate of the cloud's authority while the session is used.
    /// - Throws: `Problems` where Keystone cannot be reached.
    package func keystone(keepingAuthorityIn folder: String) async throws -> Keystone {
        var settings = HTTPSettings()
        if usesTLS, let authority {
            let file = "\(folder)/ca.pem"
            try Files.write(authority, to: file, mode: 0o644)
            settings.tls.authorities = file
        }
        do {
            return try await Keystone(
                url: login.publicURL, user: login.user, password: login.password, project: login.project,
                client: HTTPRESTClient(client: HTTPClient(settings)))
        } catch let failure as HTTPFailure where failure.kind == .unreachable {
            throw Problems("\(environment) is not up: \(failure)", remedy: "run `minke up` first")
        }
    }
}
