import CShims

/// Tells whether the thread's stack has room for more calls; the stacks of threads differ in size.
struct StackGuard {
    private static let reserve: UInt = 160 << 10
    private var lowest: UInt?

    /// Whether there is room; the stack is only looked up where calls are nested deeply.
    mutating func hasRoom(calls: Int) -> Bool {
        if calls < 8 { return true }
        let end = lowest ?? UInt(minke_stack_lowest_address())
        lowest = end
        var marker: UInt8 = 0
        let here = withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
        return here > end + StackGuard.reserve
    }
}
