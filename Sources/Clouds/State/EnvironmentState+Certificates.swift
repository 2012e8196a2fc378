import Rendering

extension EnvironmentState {
    /// The wanted certificates, of which those that are missing are made and kept, with all secrets by name.
    ///
    /// - Parameter secrets: the secrets by name as they were read.
    /// - Throws: `CryptographyError` for a kept text that cannot be read and for names that no certificate can have.
    package func certificates(
        _ wanted: WantedCertificates, kept secrets: [String: String]
    ) async throws -> (certificates: MadeCertificates, secrets: [String: String]) {
        var kept = secrets
        while true {
            let made = try MadeCertificates(wanted, kept: kept, environment: environment)
            let new = made.new.mapValues { KeptSecret(value: $0, isGiven: false) }
            if try await add(secrets: new) { return (made, kept.merging(made.secrets) { $1 }) }
            // Another run has kept some at the same time, which are the environment's.
            kept.merge(try await self.secrets()) { $1 }
        }
    }
}
