import Glibc

/// Ends the program now, without waiting for anything that runs.
package func endProgram(_ status: Int32) -> Never {
    _exit(status)
}
