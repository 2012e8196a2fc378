import Model
import System
import TestTools
import Testing

@testable import Clouds

@Suite struct SavedPlanTests {
    @Test func namesAFileThatIsNoPlan() async throws {
        try await Files.withTemporaryDirectory { folder in
            let file = folder + "/base.yaml"
            try Files.write("name: base\n", to: file)
            let text = thrown(Problems.self) { _ = try SavedPlan(file: file) }
            #expect(text?.description.hasPrefix("\(file) is no plan that `minke plan --json` wrote: ") == true)
            try Files.write("{}", to: file)
            let other = thrown(Problems.self) { _ = try SavedPlan(file: file) }
            #expect(
                other?.description
                    == "\(file): this is no plan; save one with `minke plan --json > plan.json`")
        }
    }
}
