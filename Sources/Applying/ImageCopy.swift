import Model
import System

/// Copies images from one host to another as a stream, with little of it in memory at any moment.
func copyImages(_ names: [String], from source: any HostEngine, to target: any HostEngine) async throws {
    let pipe = try BytePipe()
    // An end that breaks off makes the other one fail with `BrokenPipe`, so that any other error is the cause.
    let failures = Locked<[any Error]>([])
    await withTaskGroup(of: Void.self) { group in
        group.addTask {
            do {
                try await source.saveImages(names) { try pipe.write($0) }
                pipe.closeForWriting(isWhole: true)
            } catch {
                failures.withLock { $0.append(error) }
                pipe.closeForWriting(isWhole: false)
            }
        }
        group.addTask {
            do {
                try await target.loadImages { try pipe.read() }
            } catch {
                failures.withLock { $0.append(error) }
            }
            pipe.closeForReading()
        }
    }
    if let failure = failures.value.first(where: { !($0 is BrokenPipe) }) ?? failures.value.first { throw failure }
}
