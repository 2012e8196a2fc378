import Cryptography
import Model
import System

/// The key for ssh with which the demo logs in to its instance.
package struct DemoKey: Sendable, Hashable {
    /// The file of the private key; nil where the user's ssh-agent may have it.
    let file: String?
    /// The public key as `ssh-ed25519 AAAA...`, without a comment; the demo adds its own.
    package let text: String

    /// The demo's own key in a folder, which is made where it is missing.
    static func own(in folder: String) throws -> DemoKey {
        let file = "\(folder)/id_ecdsa"
        if !Files.exists(file) { try Files.write(SSHKey.generate().privatePEM, to: file, mode: 0o600) }
        return DemoKey(file: file, text: try SSHKey(privatePEM: Files.readText(file)).publicText)
    }

    /// The key of a given public file; its private file is beside it, or there is none. Throws `Problems` where the
    /// file holds no public key.
    static func given(_ publicFile: String) throws -> DemoKey {
        let text = try readPublicKey(publicFile)
        let privateFile = publicFile.hasSuffix(".pub") ? String(publicFile.dropLast(4)) : nil
        return DemoKey(file: privateFile.flatMap { Files.exists($0) ? $0 : nil }, text: text)
    }
}

/// The first two words of a public key's file, as `ssh-ed25519 AAAA...`.
func readPublicKey(_ file: String) throws -> String {
    let text = try withGivenFiles { try Files.readGivenText(file) }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).map(String.init)
    guard words.count >= 2, words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-"), words[1].hasPrefix("AAAA")
    else {
        throw Problems(
            "\(file) is no public key", remedy: "give a file such as ~/.ssh/id_ed25519.pub, which ssh-keygen writes")
    }
    return "\(words[0]) \(words[1])"
}
