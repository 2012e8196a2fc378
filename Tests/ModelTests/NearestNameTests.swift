import Testing

@testable import Model

@Suite struct NearestNameTests {
    @Test func findsTheMisspeltName() {
        #expect(nearestName(to: "keystnoe", among: ["glance", "keystone", "nova"]) == "keystone")
        #expect(nearestName(to: "glanse", among: ["glance", "keystone"]) == "glance")
    }

    @Test func saysNothingWhereNothingIsNear() {
        #expect(nearestName(to: "zebra", among: ["glance", "keystone"]) == nil)
        #expect(nearestName(to: "x", among: [String]()) == nil)
    }

    @Test func asksForTheNamesThatANameIsAPartOf() {
        let known = ["nova-api", "novaclient", "nova-compute", "keystone"]
        #expect(Remedy.meant(by: "nova", among: known) == "did you mean nova-api, nova-compute or novaclient?")
        #expect(Remedy.meant(by: "compute", among: known) == "did you mean nova-compute?")
        #expect(Remedy.meant(by: "key", among: known) == "did you mean keystone?")
        #expect(Remedy.meant(by: "ke", among: known) == nil)
        #expect(Remedy.meant(by: "keystnoe", among: known) == "did you mean keystone?")
        #expect(Remedy.meant(by: "cinder", among: known) == nil)
    }

    @Test func countsASwapAsOneChange() {
        #expect(editDistance(Array("ab".unicodeScalars), Array("ba".unicodeScalars)) == 1)
        #expect(editDistance(Array("".unicodeScalars), Array("abc".unicodeScalars)) == 3)
    }
}
