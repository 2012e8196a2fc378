import Testing

@testable import Commands

/// The lines that Dockerstack's Makefile printed, byte for byte.
@Suite struct ResultLineTests {
    @Test(arguments: [
        (ImageResult.built, "minke/keystone:epoxy-1.2", "\u{1F528}  keystone:1.2 - Done"),
        (.removed, "registry.example:5100/minke/nova-api:epoxy-latest", "\u{1F52B}  nova-api:latest - Done"),
        (.passed, "keystone:epoxy-rc-1", "\u{2705}  keystone:rc-1 - Passed"),
        (.notTested, "minke/root", "\u{261D}\u{FE0F}  root:latest - Not implemented"),
    ])
    func aResultIsALineAsDockerstackPrintedIt(result: ImageResult, reference: String, line: String) {
        #expect(Array(resultLine(result, reference).utf8) == Array(line.utf8))
    }
}
