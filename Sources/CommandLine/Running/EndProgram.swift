import Glibc

/// Ends the program at once, without waiting for running tasks and without exit handlers.
package func endProgram(_ status: Int32) -> Never {
    _exit(status)
}
