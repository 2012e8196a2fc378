import Model
import Testing

@testable import Building
@testable import DockerEngine

@Suite struct PruneListTests {
    private func image(
        _ id: String, on parent: String = "", size: Int, tags: [String] = [], recipe: String? = "keystone",
        created: Int = 0
    ) -> ImageSummary {
        var labels: [String: String] = [:]
        if let recipe { labels = [Labels.recipe: recipe, Labels.identity: "hash of \(id)"] }
        return ImageSummary(
            id: "sha256:\(id)", parentID: parent.isEmpty ? "" : "sha256:\(parent)", tags: tags, digests: [],
            labels: labels, created: created, size: size)
    }

    private func list(
        _ all: [ImageSummary], steps: [String] = [], used: [String] = []
    ) -> PruneList {
        PruneList(
            all: all, shown: Set(all.map(\.id)).subtracting(steps.map { "sha256:\($0)" }),
            used: Set(used.map { "sha256:\($0)" }))
    }

    @Test func listsChildrenBeforeParentsWithWhatTheyFree() {
        let all = [
            image("root", size: 100, tags: ["minke/root:epoxy-latest"], recipe: "root"),
            image("old", on: "root", size: 150, recipe: "openstack"),
            image("step", on: "old", size: 160, recipe: nil),
            image("leaf", on: "step", size: 190),
            image("new", on: "root", size: 155, tags: ["minke/openstack:epoxy-latest"], recipe: "openstack"),
        ]
        let list = list(all, steps: ["step"])
        #expect(list.images.map(\.name) == ["keystone leaf", "openstack old"])
        // The parent's layers are counted with the child, which is removed first.
        #expect(list.images.map(\.frees) == [90, 0])
        #expect(list.frees == 90)
    }

    @Test func leavesWhatIsNeeded() {
        let all = [
            image("a", size: 10), image("b", on: "a", size: 20),
            image("c", on: "b", size: 30, tags: ["someone/else:1"], recipe: nil),
            image("d", size: 40), image("e", size: 50, recipe: nil), image("f", on: "a", size: 15),
        ]
        #expect(list(all, used: ["d"]).images.map(\.name) == ["keystone f"])
        #expect(list(all, used: ["d"]).frees == 5)
        #expect(list([]).images == [])
    }
}
