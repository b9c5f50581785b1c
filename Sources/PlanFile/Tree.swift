/// What a YAML file says, with the place of everything: texts, lists and tables, nothing else.
struct Tree {
    /// A key of a table and what it stands for.
    struct Entry {
        let key: Placed<String>
        let value: Tree
    }

    /// The three shapes.
    enum Shape {
        /// A text; `isQuoted` tells `""` from nothing at all.
        case text(String, isQuoted: Bool)
        case list([Tree])
        /// Entries in the order of the file; keys may repeat.
        case table([Entry])
    }

    let spot: Spot
    let shape: Shape

    /// Whether there is no value: nothing at all, `~` or `null`.
    var isNull: Bool {
        guard case .text(let text, isQuoted: false) = shape else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The shape with an article, for messages.
    var noun: String {
        switch shape {
        case .text: "a text"
        case .list: "a list"
        case .table: "a table of keys"
        }
    }
}
