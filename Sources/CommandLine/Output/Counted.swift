/// A number with a noun, in the plural unless it is one: `1 step`, `2 steps`.
package func counted(_ number: Int, _ word: String) -> String { number == 1 ? "1 \(word)" : "\(number) \(word)s" }
