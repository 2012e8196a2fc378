import Recipes

/// A secret that an operator gives, as far as its characters go.
struct SecretText {
    private let characters: [Unicode.Scalar]
    private let recipe: SecretRecipe

    init(_ text: String, of recipe: SecretRecipe) {
        characters = Array(text.unicodeScalars)
        self.recipe = recipe
    }

    /// What is wrong with the first character that some program would not take as it is. It tells of the secret no more
    /// than that character.
    func problem(file: String) -> (complaint: String, remedy: String)? {
        for (index, character) in characters.enumerated() {
            guard let reason = reason(against: character, at: index) else { continue }
            let digits = String(character.value, radix: 16, uppercase: true)
            let name =
                (0x21...0x7e).contains(character.value)
                ? "\(character)" : "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            return ("\(file):1:\(index + 1) has \(name), \(reason)", remedy)
        }
        return nil
    }

    private var remedy: String {
        if recipe.kind != .password { return "it has letters of ASCII, digits, and - . _ ~ = alone" }
        let exception = recipe.without.isEmpty ? "" : ", none of \(recipe.without)"
        return "it has printable characters of ASCII\(exception), and no blank at its ends"
    }

    private func reason(against character: Unicode.Scalar, at index: Int) -> String? {
        if recipe.without.unicodeScalars.contains(character) {
            return "which programs that read \(recipe.name) do not take"
        }
        if recipe.kind != .password {
            switch character {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "=": return nil
            default: return "which no \(recipe.kind.rawValue) has"
            }
        }
        if (0x21...0x7e).contains(character.value) { return nil }
        guard character == " " else { return "which not every program reads as it is" }
        let isInside = index > 0 && index < characters.count - 1
        return isInside ? nil : "which programs leave out there"
    }
}
