import Model
import Recipes

/// Members that take over the data of others.
extension LayoutBuilder {
    mutating func checkTakeovers() {
        let members = Set(services.flatMap { $0.members.map(\.name) })
        var takers: [String: String] = [:]
        for service in services {
            for declaration in service.declaration.members {
                guard let origin = declaration.dataOf else { continue }
                let words = "\(declaration.name) is to take over the data of \(origin)"
                func refuse(_ reason: String, remedy: String? = nil) {
                    problems.append(Problem(at: declaration.place, "\(words), \(reason)", remedy: remedy))
                }
                if !service.recipe.volumes.contains(where: { $0.scope == .member && $0.backup != .none }) {
                    refuse("and members of \(service.name) keep no data of their own", remedy: "leave `data-of` out")
                } else if members.contains(origin) {
                    refuse("which is in the file itself", remedy: "name a member that is not there any more")
                } else if let other = takers.updateValue(declaration.name, forKey: origin) {
                    refuse("and so is \(other)", remedy: "only one of them can")
                }
            }
        }
    }
}
