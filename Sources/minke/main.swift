import Commands
import Glibc

exit(await runMinke(arguments: Array(CommandLine.arguments.dropFirst())))
