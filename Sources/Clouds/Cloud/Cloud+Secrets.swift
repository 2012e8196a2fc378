/// The secrets of a cloud's services. No call reveals their values.
extension Cloud {
    /// The secrets of all services, in the order of their names.
    ///
    /// - Throws: `Problems` for mistakes in files, and errors of engines that cannot be asked.
    public func secrets() async throws -> [CloudSecret] {
        let survey = try await session().survey()
        return CloudSecret.all(of: survey.resolver.layout, replaced: Set(survey.outdated.secrets.keys))
    }

    /// Prepares new values for generated secrets. The next plan puts them in place; each look shows the same plan.
    ///
    /// - Parameter names: names as `secrets()` has them. A secret that has a new value prepared already keeps that.
    /// - Throws: `Problems` for a name that no secret has, or that of a secret which the environment's file gives, and
    ///   then nothing is prepared.
    public func rotate(_ names: [String]) async throws {
        let session = try session()
        let lock = try await session.lock(for: "rotate")
        defer { lock.release() }
        // A survey reads the secrets from the containers where the store was lost.
        let survey = try await session.survey()
        try SecretKeeper(state: session.state).prepareReplacements(of: names, in: survey.resolver.layout)
    }
}
