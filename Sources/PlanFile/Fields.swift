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
    ///
    /// `later` holds keys that a later version may know, each with what to do in this one.
    init?(
        _ tree: Tree,
        noun: String,
        keys: [String],
        later: [String: String] = [:],
        values: Values
    ) {
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
            if let advice = later[key] {
                let message = "\(values.shown(key)) is not supported yet; \(advice)"
                values.problems.add(entry.key.spot, message)
                continue
            }
            guard keys.contains(key) else {
                let place = noun.hasPrefix("`") ? noun : "\(Fields.article(noun)) \(noun)"
                let (advice, meant) = Fields.advice(for: key, among: keys)
                let message = "unknown key \(values.shown(key)) in \(place); \(advice)"
                values.problems.add(entry.key.spot, message)
                if let meant { misspelt.insert(meant) }
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

    /// Returns what to do about an unknown key, and the key that was probably meant.
    private static func advice(
        for key: String,
        among keys: [String]
    ) -> (text: String, meant: String?) {
        // Without the space, YAML takes `account:month` for a key.
        if let colon = key.firstIndex(of: ":"), keys.contains(String(key[..<colon])) {
            return ("write a space behind the `:`", String(key[..<colon]))
        }
        if let meant = Suggestion.word(for: key, among: keys) {
            return ("did you mean `\(meant)`?", meant)
        }
        return ("the keys are \(keys.joined(separator: ", "))", nil)
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

    /// Returns the value of a key that names one of a few words; `other` is what else it may be.
    func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Word.Type,
        or other: String? = nil
    ) -> Word? where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        let example = "one of " + (words + [other].compactMap { $0 }).joined(separator: ", ")
        let tree = trees[key]
        guard let placed = tree.flatMap({ values.scalar($0, "`\(key)`", example: example) }) else {
            return nil
        }
        if let word = Word(rawValue: placed.value) { return word }
        let suggestion = Suggestion.text(for: placed.value, among: words)
        let found = "`\(key)` is \(values.shown(placed.value))"
        problems.add(
            placed.spot,
            suggestion.isEmpty ? "\(found); write \(example)" : found + suggestion
        )
        return nil
    }
}
