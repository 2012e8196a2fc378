/// A number with the word for what is counted: `1 step`, `2 steps`.
package func counted(_ number: Int, _ word: String) -> String { number == 1 ? "1 \(word)" : "\(number) \(word)s" }
