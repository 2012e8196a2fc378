import Model
import Recipes

/// A volume of an environment with its place in an archive.
struct BackupItem {
    let volume: String
    let member: String
    let service: String
    let recipe: VolumeRecipe
    /// The host, where an earlier item is a volume of the same name on another host; nil otherwise.
    var host: String?

    var fileName: String {
        "\(volume)\(host.map { "@\($0)" } ?? "").\(recipe.backup == .files ? "tar" : "dump")"
    }

    /// Every volume that a backup has, each once.
    static func all(of survey: Survey) throws -> [BackupItem] {
        var items: [BackupItem] = []
        for service in survey.resolver.layout.services {
            for volume in service.recipe.volumes where volume.backup != .none {
                var seen: Set<String> = []
                // Members on one host share a service's volume.
                for member in service.members where volume.scope != .service || seen.insert(member.host).inserted {
                    var item = BackupItem(
                        volume: survey.resolver.volumeName(volume, member: member, service: service),
                        member: member.name, service: service.name, recipe: volume)
                    if seen.count > 1 { item.host = member.host }
                    items.append(item)
                }
            }
        }
        return items
    }
}
