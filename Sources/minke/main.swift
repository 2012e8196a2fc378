import Commands
import Glibc

// Not `exit`: nothing is left to be written, and libraries must not be taken down under what still runs.
_exit(await runMinke(arguments: Array(CommandLine.arguments.dropFirst())))
