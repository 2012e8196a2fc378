import Cryptography
import Model
import Recipes

/// A secret that an operator gives: its characters, and the form of its kind.
package struct SecretText {
    private let characters: [Unicode.Scalar]
    private let recipe: SecretRecipe

    package init(_ text: String, of recipe: SecretRecipe) {
        characters = Array(text.unicodeScalars)
        self.recipe = recipe
    }

    /// The problem with the first character that some program would not take as it is, or with the text as a whole; nil
    /// where there is none. It reveals no more of the secret than that character and the length.
    package func problem(file: String) -> (complaint: String, remedy: String)? {
        for (index, character) in characters.enumerated() {
            guard let reason = reason(against: character, at: index) else { continue }
            let name = VisibleText.codePoint(of: character)
            return ("\(file):1:\(index + 1) has \(name), \(reason)", remedy)
        }
        return formComplaint.map { ("\(file) \($0)", remedy) }
    }

    /// Whether the secret has the form of its kind; a kept one that was taken without a check may not.
    package var isWhole: Bool { formComplaint == nil }

    /// The complaint about the text as a whole, which comes after that about its characters; nil where there is none.
    private var formComplaint: String? {
        let count = characters.count
        switch recipe.kind {
        case .password: return nil
        case .cipherKey: return count == 32 ? nil : "has \(count) characters and is no key of 32"
        case .fernetKey:
            let text = String(String.UnicodeScalarView(characters))
            let isKey = count == 44 && Base64.decode(text)?.count == 32 && !text.contains("+") && !text.contains("/")
            return isKey ? nil : "has \(count) characters and is no Fernet key"
        case .hex:
            return count == 64 && characters.allSatisfy { $0.properties.isASCIIHexDigit }
                ? nil : "has \(count) characters and is no number of 64 hexadecimal digits"
        case .cephKey:
            let bytes = count == 40 ? Base64.decode(String(String.UnicodeScalarView(characters))) : nil
            let isKey = bytes.map { $0.count == 28 && $0[..<2] == [1, 0] && $0[10..<12] == [16, 0] } ?? false
            return isKey ? nil : "has \(count) characters and is no key of Ceph"
        case .uuid:
            let groups = characters.split(separator: "-", omittingEmptySubsequences: false)
            let isUUID =
                groups.map(\.count) == [8, 4, 4, 4, 12]
                && groups.joined().allSatisfy { $0.properties.isASCIIHexDigit }
            return isUUID ? nil : "has \(count) characters and is no UUID"
        }
    }

    private var remedy: String {
        switch recipe.kind {
        case .password: break
        case .cipherKey: return "it has 32 printable characters of ASCII, as `openssl rand -hex 16` makes it"
        case .fernetKey:
            return "it is URL-safe Base64 of 32 bytes, 44 characters, as `openssl rand -base64 32 | tr +/ -_` makes it"
        case .hex: return "it has 64 hexadecimal digits, as `openssl rand -hex 32` makes it"
        case .cephKey: return "it has 40 characters, as `ceph-authtool --gen-print-key` makes it"
        case .uuid: return "it is a UUID, as `uuidgen` makes it"
        }
        let exception = recipe.without.isEmpty ? "" : ", none of \(recipe.without)"
        return "it has printable characters of ASCII\(exception), and no blank at its ends"
    }

    private func reason(against character: Unicode.Scalar, at index: Int) -> String? {
        if recipe.without.unicodeScalars.contains(character) {
            return "which programs that read \(recipe.name) do not take"
        }
        if ![.password, .cipherKey].contains(recipe.kind) {
            switch character {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "=": return nil
            case "+", "/": if recipe.kind == .cephKey { return nil } else { fallthrough }
            default: return "which no \(recipe.kind.rawValue) has"
            }
        }
        if (0x21...0x7e).contains(character.value) { return nil }
        guard character == " " else { return "which not every program reads as it is" }
        let isInside = index > 0 && index < characters.count - 1
        return isInside ? nil : "which programs leave out there"
    }
}
