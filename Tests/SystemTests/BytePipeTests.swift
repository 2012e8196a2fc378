import System
import Testing

@Suite struct BytePipeTests {
    /// More bytes than the kernel buffers, so that each end has to wait for the other.
    private let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func read(_ pipe: BytePipe) async throws -> [UInt8] {
        try await offload {
            defer { pipe.closeForReading() }
            var received: [UInt8] = []
            while let bytes = try pipe.read() { received += bytes }
            return received
        }
    }

    private func write(_ pipe: BytePipe, isWhole: Bool) async throws {
        let sent = sent
        try await offload {
            defer { pipe.closeForWriting(isWhole: isWhole) }
            try pipe.write(sent)
        }
    }

    @Test func givesWhatWasWritten() async throws {
        let pipe = try BytePipe()
        async let writing: Void = write(pipe, isWhole: true)
        #expect(try await read(pipe) == sent)
        try await writing
    }

    @Test func tellsTheReaderThatTheWriterBrokeOff() async throws {
        let pipe = try BytePipe()
        async let writing: Void = write(pipe, isWhole: false)
        await #expect(throws: BrokenPipe.self) { try await read(pipe) }
        try await writing
    }

    @Test func tellsTheWriterThatNobodyReads() async throws {
        let pipe = try BytePipe()
        pipe.closeForReading()
        await #expect(throws: BrokenPipe.self) { try await write(pipe, isWhole: true) }
    }
}
