import Documents
import Model
import System

/// The clouds that a clouds.yaml has already, which stay when another is added.
struct OtherClouds {
    private let file: String
    private var document = ValueMap()
    private var clouds = ValueMap()
    private var isJSON = true
    private var hasComments = false

    /// Reads the file, if there is one; throws `Problems` where it is no clouds.yaml.
    init(file: String) throws {
        self.file = file
        guard !Files.isStream(file), Files.exists(file) else { return }
        let text = try withGivenFiles { try Files.readGivenText(file) }
        isJSON = (try? JSON.parse(text)) != nil || text.isEmpty
        hasComments = textLines(text).contains {
            $0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") || $0.contains(" #")
        }
        let node = try YAMLNode.parse(text: text, file: file)
        if node.isNull { return }
        let remedy = "name another file by `--output`, or move this one away"
        guard let document = node.value.map else {
            throw Problems(at: node.place, "\(file) exists and is no clouds.yaml", remedy: remedy)
        }
        self.document = document
        guard let clouds = node["clouds"], !clouds.isNull else { return }
        guard let map = clouds.value.map else {
            throw Problems(at: clouds.place, "clouds is \(clouds.value.kind), expected a mapping", remedy: remedy)
        }
        self.clouds = map
    }

    /// The question to ask before a cloud is added that would replace another one or lose comments; nil otherwise.
    func question(adding name: String, url: String) -> String? {
        if let same = clouds[name], let other = same["auth"]?["auth_url"]?.string, other != url {
            return "Replace the cloud \(name) in \(file), which is at \(other)?"
        }
        return hasComments ? "Write \(file) with its other clouds, and without its comments?" : nil
    }

    /// The file's text with the cloud added, in place of one of the same name.
    func text(adding name: String, _ cloud: Value) -> String {
        var clouds = clouds
        clouds[name] = cloud
        var document = document
        document["clouds"] = .map(clouds)
        // JSON is YAML, so a file in JSON stays in JSON.
        return isJSON ? JSON.text(.map(document), indented: true) + "\n" : Value.map(document).yaml
    }
}
