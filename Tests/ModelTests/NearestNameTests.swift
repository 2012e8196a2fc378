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

    @Test func countsASwapAsOneChange() {
        #expect(editDistance(Array("ab".unicodeScalars), Array("ba".unicodeScalars)) == 1)
        #expect(editDistance(Array("".unicodeScalars), Array("abc".unicodeScalars)) == 3)
    }
}
