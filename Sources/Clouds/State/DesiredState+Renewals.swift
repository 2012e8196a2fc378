import Model
import Rendering

extension DesiredState {
    /// The state as a saved plan compares it: a new certificate, which differs with every survey until it is kept,
    /// counts here as the renewal of the one that it replaces.
    ///
    /// - Parameters:
    ///   - replaced: the texts of old certificates by those of the new ones.
    ///   - files: the files of a member.
    package func standingStill(_ replaced: [String: String], files: (String) throws -> [RenderedFile]) -> DesiredState {
        if replaced.isEmpty { return self }
        var state = self
        for index in state.members.indices {
            // Files that cannot be rendered now could not be before either, which is reported elsewhere.
            for file in (try? files(state.members[index].name)) ?? [] {
                guard let old = replaced[file.text],
                    let place = state.members[index].files.firstIndex(where: { $0.path == file.path })
                else { continue }
                var former = file
                former.text = old
                state.members[index].files[place].digest = "renewal of \(former.digest.digest)"
            }
        }
        return state
    }
}
