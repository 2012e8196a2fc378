import CShims

/// The running program itself.
public enum Program {
    /// Sets malloc up for a short-lived program; must be called before the program has threads.
    public static func prepareMemory() { minke_share_heap() }

    /// The build ID that the linker wrote, different for each build; empty if there is none.
    public static func buildID() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count = minke_build_id(buffer.baseAddress, buffer.count)
        }
    }
}
