import Model

/// A renderer that walks a template's tree over a scope; each render has its own.
final class Renderer {
    let source: Source
    let scope: Scope
    var output = ""
    var frame = Frame(slotCount: 0, parent: nil)
    private var calls = 0
    private var passes = 0
    private var stack = StackGuard()

    init(source: Source, scope: Scope) {
        self.source = source
        self.scope = scope
    }

    func render(_ body: [Statement], slotCount: Int) throws -> String {
        frame = Frame(slotCount: slotCount, parent: nil)
        try run(body)
        return output
    }

    func value(of expression: Expression, slotCount: Int) throws -> Value {
        frame = Frame(slotCount: slotCount, parent: nil)
        let datum = try evaluate(expression)
        return try at(expression.offset) { try datum.value() }
    }

    /// Runs `work` and turns a `Failure` into `Problems` with its place.
    func at<Result>(_ offset: Int, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let failure as Failure {
            throw source.problems(failure, at: offset)
        }
    }

    func write(_ text: String) throws {
        output += text
        if output.utf8.count > Limits.bytes { throw Failure("the output is more than \(Limits.bytes >> 20) MiB") }
    }

    /// Runs `work` and returns the text that it writes, which is not added to the output.
    func capture(_ work: () throws -> Void) throws -> String {
        let outside = output
        output = ""
        defer { output = outside }
        try work()
        return output
    }

    /// Runs `work` in another frame, as a call.
    ///
    /// - Throws: `Failure` where calls are nested too deeply.
    func call<Result>(in other: Frame, _ work: () throws -> Result) throws -> Result {
        let outside = frame
        frame = other
        calls += 1
        defer {
            frame = outside
            calls -= 1
        }
        if calls > Limits.calls || !stack.hasRoom(calls: calls) {
            throw Failure("macros call each other more than \(calls - 1) levels deep")
        }
        return try work()
    }

    func countPass() throws {
        passes += 1
        if passes > Limits.passes { throw Failure("this template's loops run more than \(Limits.passes) times") }
    }
}
