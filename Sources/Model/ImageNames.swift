/// Whether a full reference, such as `registry.example/minke/keystone:epoxy-latest`, names an image of the recipe.
/// Labels do not tell this: an image that somebody builds on the recipe's image inherits its labels, but not its name.
public func isImageName(_ reference: String, ofRecipe recipe: String) -> Bool {
    let last = reference.split(separator: "/").last ?? ""
    return last.split(separator: ":").first.map(String.init) == recipe
}
