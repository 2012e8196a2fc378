import Applying

/// A function that shows the steps of a plan: it gets their number and the work, which it calls once with a reporter.
package typealias ShowingSteps = (_ steps: Int, _ work: (any Reporter) async throws -> Void) async throws -> Void
