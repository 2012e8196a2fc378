/// The program's version.
public enum Version {
    /// The number of the release, `MAJOR.MINOR.PATCH`.
    public static let text = "0.1.0"
    /// The day of the release, as the manual shows it.
    static let date = "2026-11-20"
}
