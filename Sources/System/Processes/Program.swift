import CShims

/// The running program itself.
public enum Program {
    /// Prepares the memory of a program that starts, works and ends; before it has threads.
    public static func prepareMemory() { minke_share_heap() }

    /// What the linker calls this build of it, which no other has; empty where it was told not to.
    public static func buildID() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count = minke_build_id(buffer.baseAddress, buffer.count)
        }
    }
}
