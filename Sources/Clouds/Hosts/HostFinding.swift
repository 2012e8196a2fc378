/// The result of one check of the host.
package struct HostFinding: Sendable {
    package enum Verdict: String, Sendable { case good, lacking, advice }

    package let subject: String
    package let verdict: Verdict
    package let found: String
    package var remedy: String?

    package init(subject: String, verdict: Verdict, found: String, remedy: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.found = found
        self.remedy = remedy
    }
}
