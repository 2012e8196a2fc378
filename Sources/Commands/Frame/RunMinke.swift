import CommandLine
import System

/// Runs the command that the words after the program's name ask for, and returns the program's exit status.
public func runMinke(arguments: [String]) async -> Int32 {
    Program.prepareMemory()
    prepareStandardStreams()
    let exit = await run(arguments, of: .minke)
    if let loss = outputLoss {
        printError("minke: \(loss)")
        return ExitCode.failed.status
    }
    return exit.status
}

/// Runs the command that the words ask for, by the definition of the outermost command.
func run(_ words: [String], of root: CommandDefinition) async -> ExitCode {
    let parser = ArgumentParser(root, variables: { environmentVariable($0) })
    do {
        if words.isEmpty, root.run == nil {
            printError(helpText(of: CommandPath(root: root), width: helpWidth(on: .errors)))
            return .usage
        }
        switch try parser.parse(words) {
        case .help(let path):
            printOut(helpText(of: path, width: helpWidth(on: .output)))
            return .done
        case .version:
            printOut("minke \(Version.text)")
            return .done
        case .run(let command, let arguments):
            guard let body = command.run else { return .usage }
            return await StoppableRun(signals: stopSignals(), isResumable: command.isResumable) {
                endProgram($0.exitStatus)
            }
            .run { try await body(arguments) }
        }
    } catch {
        printError("\(error)")
        return .usage
    }
}

/// The columns for help on a stream: the terminal's, from 40 to 100; 80 without a terminal.
func helpWidth(on stream: Terminal.Stream) -> Int {
    Terminal.width(of: stream).map { min(max($0, 40), 100) } ?? 80
}
