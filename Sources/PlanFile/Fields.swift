import CivilTime
import Supervision

/// The keys of one table, each known and given once.
struct Fields {
    /// What the table describes, with its id where it has one: "item `lighting`".
    let label: String
    let spot: Spot
    let values: Values
    private let trees: [String: Tree]
    /// Keys that an unknown key was probably meant to be; they are not missing as well.
    private let misspelt: Set<String>

    private var problems: Problems { values.problems }

    /// Takes a table apart; nil after noting that the value is none.
    init?(_ tree: Tree, noun: String, keys: [String], values: Values) {
        guard case .table(let entries) = tree.shape else {
            let example = "{ \(keys[0]): …, … }"
            let noun = noun.hasPrefix("`") ? noun : "\(Fields.article(noun)) \(noun)"
            let found = tree.isNull ? "has no value" : "is \(tree.noun)"
            values.problems.add(tree.spot, "\(noun) \(found); write a table of keys: \(example)")
            return nil
        }
        var trees: [String: Tree] = [:]
        var places: [String: Spot] = [:]
        var misspelt: Set<String> = []
        for entry in entries {
            let key = entry.key.value
            if let first = places[key] {
                let line = first.line == entry.key.spot.line ? "" : " in line \(first.line)"
                let message = "key \(values.shown(key)) is given twice, first\(line) at column"
                values.problems.add(entry.key.spot, "\(message) \(first.column); keep one")
                continue
            }
            places[key] = entry.key.spot
            guard keys.contains(key) else {
                let place = noun.hasPrefix("`") ? noun : "\(Fields.article(noun)) \(noun)"
                var message = "unknown key \(values.shown(key)) in \(place)"
                if let meant = Suggestion.word(for: key, among: keys) {
                    message += "; did you mean `\(meant)`?"
                    misspelt.insert(meant)
                } else {
                    message += "; the keys are \(keys.joined(separator: ", "))"
                }
                values.problems.add(entry.key.spot, message)
                continue
            }
            trees[key] = entry.value
        }
        self.trees = trees
        self.misspelt = misspelt
        self.values = values
        spot = tree.spot
        if case .text(let id, _)? = trees["id"]?.shape, !id.isEmpty {
            label = "\(noun) \(values.shown(id))"
        } else {
            label = noun
        }
    }

    private static func article(_ noun: String) -> String {
        guard let first = noun.first else { return "a" }
        return "aeiou".contains(first) && !noun.hasPrefix("unit") ? "an" : "a"
    }

    /// Returns whether a key is given, if only misspelt or without a value.
    func has(_ key: String) -> Bool { trees[key] != nil || misspelt.contains(key) }

    /// Returns the value of a key, nil if it is not given.
    subscript(_ key: String) -> Tree? { trees[key] }

    /// Returns the value of a key that must be given.
    func required(_ key: String, _ hint: String) -> Tree? {
        if let tree = trees[key] { return tree }
        if misspelt.contains(key) { return nil }
        problems.add(spot, "\(label) has no `\(key)`; \(hint)")
        return nil
    }

    func text(_ key: String, limit: Int = 200, allowsLines: Bool = false) -> Placed<String>? {
        trees[key].flatMap {
            values.text($0, "`\(key)`", limit: limit, allowsLines: allowsLines)
        }
    }

    func id(_ key: String) -> Placed<String>? {
        trees[key].flatMap { values.id($0, "`\(key)`") }
    }

    func requiredID(_ key: String, _ hint: String) -> Placed<String>? {
        required(key, hint).flatMap { values.id($0, "`\(key)`") }
    }

    func date(_ key: String) -> Placed<CivilDate>? {
        trees[key].flatMap { values.date($0, "`\(key)`") }
    }

    func term(_ key: String) -> Placed<Term>? {
        trees[key].flatMap { values.term($0, "`\(key)`") }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        trees[key].flatMap { values.integer($0, "`\(key)`", in: range) }
    }

    /// Returns the `name`, by default the id.
    func names(default id: String) -> Names {
        trees["name"].flatMap { values.names($0, "`name`") } ?? Names(en: id)
    }

    /// Returns the elements of a list, none if the key is not given or the value is none.
    func list(_ key: String, example: String) -> [Tree] {
        trees[key].flatMap { values.list($0, "`\(key)`", example: example) } ?? []
    }

    /// Returns the value of a key that names one of a few words.
    func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Word.Type
    ) -> Word? where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        let example = words.joined(separator: ", ")
        let tree = trees[key]
        guard let placed = tree.flatMap({ values.scalar($0, "`\(key)`", example: example) }) else {
            return nil
        }
        if let word = Word(rawValue: placed.value) { return word }
        let suggestion = Suggestion.text(for: placed.value, among: words)
        let found = "`\(key)` is \(values.shown(placed.value))"
        problems.add(
            placed.spot,
            suggestion.isEmpty ? "\(found); write one of \(example)" : found + suggestion
        )
        return nil
    }
}
