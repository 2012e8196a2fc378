import CShims

/// A guard against overflowing the thread's stack, whose size differs between threads.
struct StackGuard {
    private static let reserve: UInt = 160 << 10
    private var lowest: UInt?

    /// Whether there is room for another call; with fewer than eight nested calls, the stack is not examined.
    mutating func hasRoom(calls: Int) -> Bool {
        if calls < 8 { return true }
        let end = lowest ?? UInt(minke_stack_lowest_address())
        lowest = end
        var marker: UInt8 = 0
        let here = withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
        return here > end + StackGuard.reserve
    }
}
