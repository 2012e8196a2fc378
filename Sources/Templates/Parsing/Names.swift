/// The variables of a template during parsing: those of each scope, and the names that are read from outside.
struct Names {
    fileprivate struct Layer {
        var slots: [String: Int] = [:]
        /// The names that certainly have a value at this point of the source.
        var assigned: Set<String> = []
        var mentioned: Set<String> = []
    }

    /// The variables of one render, or of one call of a macro.
    struct Frame {
        fileprivate var layers: [Layer]
        fileprivate var slotCount = 0
    }

    private var frames: [Frame] = [Frame(layers: [Layer()])]
    private(set) var references: Set<[String]> = []

    /// The number of variables of the template's own frame.
    var slotCount: Int { frames[0].slotCount }

    // MARK: scopes

    mutating func enterFrame() {
        frames.append(Frame(layers: [Layer()]))
    }

    /// Leaves a macro and returns the number of its variables.
    mutating func leaveFrame() -> Int {
        frames.removeLast().slotCount
    }

    /// Removes the innermost frame, so that the rest of a macro's or `call` tag is parsed in the scope outside.
    mutating func suspendFrame() -> Frame { frames.removeLast() }

    mutating func resume(_ frame: Frame) { frames.append(frame) }

    mutating func enterBlock() {
        frames[frames.count - 1].layers.append(Layer())
    }

    /// Leaves a block and returns its own variables.
    mutating func leaveBlock() -> [Int] {
        frames[frames.count - 1].layers.removeLast().slots.values.sorted()
    }

    // MARK: variables

    /// The slot of a name's variable in the innermost scope, created where there is none.
    mutating func declare(_ name: String, assigned: Bool = true) -> Int {
        let frame = frames.count - 1
        let layer = frames[frame].layers.count - 1
        if assigned { frames[frame].layers[layer].assigned.insert(name) }
        return slot(of: name, frame: frame, layer: layer)
    }

    private mutating func slot(of name: String, frame: Int, layer: Int) -> Int {
        if let slot = frames[frame].layers[layer].slots[name] { return slot }
        let slot = frames[frame].slotCount
        frames[frame].layers[layer].slots[name] = slot
        frames[frame].slotCount += 1
        return slot
    }

    /// Whether a variable of the innermost scope itself was read.
    func isMentioned(_ name: String) -> Bool {
        frames[frames.count - 1].layers.last?.mentioned.contains(name) ?? false
    }

    /// Finds the variables that can hold a name, and whether the render's scope may have to provide its value.
    mutating func resolve(_ name: String) -> (reference: NameReference, isFree: Bool) {
        // The outermost scope gets a variable for every name, so that a macro sees values that are set after it.
        _ = slot(of: name, frame: 0, layer: 0)
        var slots: [NameReference.Slot] = []
        var isFree = true
        for frame in frames.indices.reversed() {
            for layer in frames[frame].layers.indices.reversed() {
                guard let index = frames[frame].layers[layer].slots[name] else { continue }
                frames[frame].layers[layer].mentioned.insert(name)
                slots.append(.init(frame: frames.count - 1 - frame, index: index))
                if frames[frame].layers[layer].assigned.contains(name) { isFree = false }
            }
        }
        return (NameReference(name: name, slots: slots), isFree)
    }

    mutating func refer(to path: [String]) {
        references.insert(path)
    }

    // MARK: branches

    /// The names that the innermost scope has certainly set so far.
    var assigned: Set<String> {
        get { frames[frames.count - 1].layers.last?.assigned ?? [] }
        set {
            let frame = frames.count - 1
            let layer = frames[frame].layers.count - 1
            frames[frame].layers[layer].assigned = newValue
        }
    }
}
