import Model
import System
import Testing

/// The result of a run of the program.
struct ProgramRun: Sendable {
    let words: [String]
    let status: Int32
    let output: String
    let errors: String
    let seconds: Double

    /// The output as JSON.
    func json() throws -> Value { try JSON.parse(output) }
}

extension Scenario {
    /// The commands that change neither members nor the network, so that the client's container may be there meanwhile.
    private static let looking: Set = [
        "build", "clouds-yaml", "demo", "logs", "openrc", "plan", "status", "top", "verify",
    ]

    /// Runs the program on the scenario's environment, and requires an exit status.
    @discardableResult
    func minke(
        _ words: String..., expecting status: Int32 = 0, through engine: String? = nil, input: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramRun {
        try await minke(words, expecting: status, through: engine, input: input, sourceLocation: sourceLocation)
    }

    /// Runs the program on the scenario's environment, and requires an exit status.
    @discardableResult
    func minke(
        _ words: [String], expecting status: Int32 = 0, through engine: String? = nil, input: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramRun {
        let run = try await start(words, through: engine, input: input)
        try #require(
            run.status == status,
            "minke \(words.joined(separator: " ")) exited with \(run.status):\n\(run.output)\(run.errors)",
            sourceLocation: sourceLocation)
        return run
    }

    /// Runs the program, whatever its exit status.
    ///
    /// - Parameter state: a state folder to use instead of the scenario's.
    func start(
        _ words: [String], through engine: String? = nil, input: String = "", state: String? = nil
    ) async throws -> ProgramRun {
        if !Self.looking.contains(words.first ?? "") { try await client.end(in: self) }
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await command(words, through: engine, input: input, state: state).run()
        let run = ProgramRun(
            words: words, status: result.status.code, output: result.outputText, errors: result.errorText,
            seconds: (clock.now - start).seconds)
        diary.add("$ minke \(words.joined(separator: " "))  -> \(run.status) (\(run.seconds.rounded(to: 2)) s)")
        for text in [run.output, run.errors] where !text.isEmpty { diary.add(text) }
        return run
    }

    /// A run of the program, not started yet; `through` is another engine address, such as a proxy's, and `variables` are
    /// environment variables beside or in place of those that every run has.
    func command(
        _ words: [String], through engine: String? = nil, input: String = "", state: String? = nil,
        variables: [String: String] = [:]
    ) -> Subprocess {
        Subprocess(
            program, words,
            environment: .adding(
                [
                    "DOCKER_HOST": engine ?? engineAddress, "MINKE_ENVIRONMENT": environmentFile,
                    "MINKE_CATALOG": catalogFolder, "MINKE_STATE": state ?? stateFolder,
                    "TMPDIR": temporaryFolder,
                    // Recipes' tests that run one after another share what they do not try.
                    "SURROUNDINGS": "\(Self.label)=\(Self.prefix)shared-\(place)",
                ].merging(variables) { $1 }),
            directory: folder, input: Array(input.utf8), timeLimit: .seconds(1800))
    }

    /// Requires that the plan is empty: the environment is as its file says.
    func requireNothingToDo(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await minke("plan", sourceLocation: sourceLocation)
    }

    /// The lines of the plan, in order; requires that it is not empty.
    func planLines(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        try await minke("plan", expecting: 3, sourceLocation: sourceLocation).output.split(separator: "\n").map(
            String.init)
    }
}

extension Double {
    /// The number rounded to one or two decimal places.
    func rounded(to places: Int) -> Double {
        let factor = places == 1 ? 10.0 : 100.0
        return (self * factor).rounded() / factor
    }
}
