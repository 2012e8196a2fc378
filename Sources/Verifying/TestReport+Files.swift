import Conformance
import Model
import System

extension TestReport {
    /// Writes `report.html`, `junit.xml` and `report.json` into a folder, which is made where it is missing. Throws
    /// `Problems` where they cannot be written.
    package func write(to folder: String) throws {
        try withGivenFiles {
            try Files.makeDirectory(folder)
            try Files.write(html, to: "\(folder)/report.html")
            try Files.write(junit, to: "\(folder)/junit.xml")
            try Files.write(JSON.text(value, indented: true) + "\n", to: "\(folder)/report.json")
        }
    }
}
