import Clouds
import CommandLine

extension Session {
    /// Pulls the images that the environment's hosts lack, and shows it. Returns whether any was pulled.
    func pullMissingImages(_ survey: Survey, showing arguments: ParsedArguments) async throws -> Bool {
        let display = arguments.wantsJSON ? nil : StepDisplay(.errors)
        defer { display?.close() }
        return try await pullMissingImages(survey) { title, pull in
            let step = display?.begin(title)
            do {
                try await pull()
            } catch {
                if let step { display?.end(step, .failed(error)) }
                throw error
            }
            if let step { display?.end(step) }
        }
    }
}
