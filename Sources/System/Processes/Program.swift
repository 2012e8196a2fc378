import CShims

/// The running program itself.
public enum Program {
    /// Prepares the memory management of a short-lived program; to be called before the program has threads.
    public static func prepareMemory() { minke_share_heap() }

    /// The linker's build ID, which no other build has; empty where the linker made none.
    public static func buildID() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count = minke_build_id(buffer.baseAddress, buffer.count)
        }
    }
}
