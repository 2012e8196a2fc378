/// Whether a full reference, such as `registry.example/minke/keystone:epoxy-latest`, is one that an image of the recipe
/// has: an image that somebody builds on it inherits its labels, and not its name.
public func isImageName(_ reference: String, ofRecipe recipe: String) -> Bool {
    let last = reference.split(separator: "/").last ?? ""
    return last.split(separator: ":").first.map(String.init) == recipe
}
