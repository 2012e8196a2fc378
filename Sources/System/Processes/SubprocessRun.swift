import CShims
import Glibc
import Model

/// One run of a child, which blocks its thread.
struct SubprocessRun {
    private enum Ending {
        case cancelled, timedOut
    }

    let subprocess: Subprocess
    let stop: Wakeup

    private static let pieceSize = 65536

    func run() throws -> SubprocessResult {
        let input = try Pipe()
        let output = try Pipe()
        let errors = try Pipe()
        let pid = try spawn(
            input: input.reading.number, output: output.writing.number, errors: errors.writing.number)
        input.reading.close()
        output.writing.close()
        errors.writing.close()

        let process = Descriptor(minke_open_process(pid))
        guard process.number >= 0 else {
            let error = SystemError("watch \(subprocess.program)")
            signal(pid, SIGKILL)
            reap(pid)
            throw error
        }
        let channels = Channels(input: input.writing, output: output.reading, errors: errors.reading)
        let ending = exchange(with: pid, process: process.number, channels)
        // Until its leader is reaped, the number of a process group is not used again.
        if ending != nil { signal(pid, SIGKILL) }
        let status = reap(pid)

        switch ending {
        case .cancelled: throw CancellationError()
        case .timedOut: throw TimedOut("the end of \(subprocess.program)", after: subprocess.timeLimit ?? .zero)
        case nil: break
        }
        return SubprocessResult(
            program: subprocess.program, status: status, output: channels.collected[0],
            errors: channels.collected[1])
    }

    private func spawn(input: Int32, output: Int32, errors: Int32) throws -> pid_t {
        var pid: pid_t = 0
        // A name that is not found is passed on, so that the operating system reports the error.
        let program = subprocess.program
        let file = program.contains("/") ? program : findProgram(program) ?? program
        let code = withCStrings([subprocess.program] + subprocess.arguments) { arguments in
            withCStrings(environment()) { environment in
                minke_spawn(
                    file, arguments, environment, subprocess.directory, input, output, errors, &pid)
            }
        }
        guard code == 0 else {
            let place = subprocess.directory.map { " in \($0)" } ?? ""
            throw SystemError("run \(subprocess.program)\(place)", code: code)
        }
        return pid
    }

    private func environment() -> [String] {
        switch subprocess.environment {
        case .inherited:
            return ProcessEnvironment.entries
        case .adding(let added):
            let variables = environmentVariables().merging(added) { _, new in new }
            return variables.map { "\($0)=\($1)" }.sorted()
        case .only(let variables):
            return variables.map { "\($0)=\($1)" }.sorted()
        }
    }

    private func signal(_ pid: pid_t, _ number: Int32) {
        kill(-pid, number)
    }

    @discardableResult
    private func reap(_ pid: pid_t) -> SubprocessStatus {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let number = status & 0x7f
        return number == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: number)
    }

    /// Writes the child's input and reads its output until the child ends. Output that a grandchild writes later is not
    /// read.
    private func exchange(with pid: pid_t, process: Int32, _ channels: Channels) -> Ending? {
        let clock = ContinuousClock()
        var deadline = subprocess.timeLimit.map { clock.now + $0 }
        var ending: Ending?
        while true {
            var wanted = [
                pollfd(fd: process, events: Int16(POLLIN), revents: 0),
                pollfd(fd: ending == nil ? stop.descriptor : -1, events: Int16(POLLIN), revents: 0),
                channels.wantedOutput(0), channels.wantedOutput(1), channels.wantedInput(subprocess.input.count),
            ]
            let ready = Glibc.poll(&wanted, nfds_t(wanted.count), milliseconds(until: deadline, clock))
            if ready < 0, errno != EINTR { return ending ?? .cancelled }
            if ready > 0 {
                for index in 0...1 where wanted[2 + index].revents != 0 { drain(channels, index) }
                if wanted[4].revents != 0 { channels.feed(subprocess.input) }
                if wanted[0].revents != 0 {
                    for index in 0...1 { while drain(channels, index) {} }
                    return ending
                }
            }
            if ending == nil {
                if ready > 0, wanted[1].revents != 0 { ending = .cancelled }
                if let deadline, clock.now >= deadline { ending = .timedOut }
                if ending != nil {
                    signal(pid, SIGTERM)
                    deadline = clock.now + subprocess.grace
                }
            } else if let last = deadline, clock.now >= last {
                signal(pid, SIGKILL)
                deadline = nil
            }
        }
    }

    @discardableResult
    private func drain(_ channels: Channels, _ index: Int) -> Bool {
        guard let piece = channels.read(index, upTo: Self.pieceSize) else { return false }
        subprocess.onOutput?(index == 0 ? .output : .errors, piece)
        return true
    }

    private func milliseconds(until deadline: ContinuousClock.Instant?, _ clock: ContinuousClock) -> Int32 {
        guard let deadline else { return -1 }
        return Int32(clamping: max(0, clock.now.duration(to: deadline).milliseconds + 1))
    }
}

/// The parent's ends of a child's pipes, with the output read so far.
private final class Channels {
    private var input: Descriptor?
    private var outputs: [Descriptor?]
    private var fed = 0
    var collected: [[UInt8]] = [[], []]

    init(input: Descriptor, output: Descriptor, errors: Descriptor) {
        self.input = input
        outputs = [output, errors]
        for descriptor in [input, output, errors] { setNonBlocking(descriptor.number) }
    }

    func wantedOutput(_ index: Int) -> pollfd {
        pollfd(fd: outputs[index]?.number ?? -1, events: Int16(POLLIN), revents: 0)
    }

    func wantedInput(_ total: Int) -> pollfd {
        if fed >= total { closeInput() }
        return pollfd(fd: input?.number ?? -1, events: Int16(POLLOUT), revents: 0)
    }

    func feed(_ bytes: [UInt8]) {
        guard let number = input?.number else { return }
        let count = bytes[fed...].withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
        if count > 0 {
            fed += count
        } else if count < 0, errno != EAGAIN, errno != EINTR {
            // The child reads no more; its exit status tells whether that is an error.
            closeInput()
        }
    }

    private func closeInput() {
        input?.close()
        input = nil
    }

    /// Reads a piece of output; nil if there is none now.
    func read(_ index: Int, upTo size: Int) -> [UInt8]? {
        guard let number = outputs[index]?.number else { return nil }
        var ended = false
        let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let result = Glibc.read(number, buffer.baseAddress, buffer.count)
            count = max(0, result)
            ended = result == 0 || (result < 0 && errno != EAGAIN && errno != EINTR)
        }
        if ended {
            outputs[index]?.close()
            outputs[index] = nil
        }
        if piece.isEmpty { return nil }
        collected[index] += piece
        return piece
    }
}

/// Calls `body` with the texts as a C array that ends with a null pointer.
func withCStrings<T>(_ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> T) -> T {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("an array with an element has an address") }
        return body(UnsafePointer(start))
    }
}
