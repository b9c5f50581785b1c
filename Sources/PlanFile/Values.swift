import CivilTime
import Supervision

/// Reads single values; each mistake is noted where it stands, with an example of what is right.
struct Values {
    /// Terms and stages beyond ten years are slips of the pen, and slow to count.
    private static let longestTermDays = 3660

    let problems: Problems
    /// The plan's zone and calendar, once they are known.
    let time = TimeInUse()

    /// Returns the raw text of a value, nil after noting that it has none or is no text.
    func scalar(_ tree: Tree, _ what: String, example: String) -> Placed<String>? {
        if tree.isNull {
            problems.add(tree.spot, "\(what) has no value; write \(example), or remove it")
            return nil
        }
        guard case .text(let text, _) = tree.shape else {
            problems.add(tree.spot, "\(what) is \(tree.noun); write \(example)")
            return nil
        }
        return Placed(value: text, spot: tree.spot)
    }

    /// Returns a text for persons to read.
    func text(
        _ tree: Tree,
        _ what: String,
        limit: Int = 200,
        allowsLines: Bool = false
    ) -> Placed<String>? {
        var example = "a text"
        // `name: { a: b }` is rare; `criteria: [ lamps: 99 % ]` is what becomes a table by accident.
        if case .table = tree.shape { example = "a text, in quotes if it holds `: `" }
        guard let placed = scalar(tree, what, example: example) else { return nil }
        let text = trimmed(placed.value)
        let count = text.unicodeScalars.count
        if text.isEmpty {
            problems.add(tree.spot, "\(what) is blank; write a text")
            return nil
        }
        if count > limit {
            problems.add(tree.spot, "\(what) has \(count) characters; at most \(limit) are kept")
            return nil
        }
        for scalar in text.unicodeScalars where !CharacterRules.isAllowed(scalar) {
            if scalar == "\n", allowsLines { continue }
            let name = CharacterRules.name(scalar)
            let advice = scalar == "\n" ? "write it on one line" : "remove it"
            problems.add(tree.spot, "\(what) holds the character \(name); \(advice)")
            return nil
        }
        return Placed(value: text, spot: placed.spot)
    }

    private func trimmed(_ text: String) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\n" }
        let head = text.drop(while: isBlank)
        let count = head.reversed().drop(while: isBlank).count
        return String(head.prefix(count))
    }

    /// Returns an id; a bad one is noted and still returned, so that references to it resolve.
    func id(_ tree: Tree, _ what: String) -> Placed<String>? {
        let rule = "1 to 64 of a-z, 0-9, `.`, `_` and `-`, no `.` or `-` in front"
        guard let placed = scalar(tree, what, example: "an id such as housing") else { return nil }
        let small = placed.value.lowercased()
        if placed.value.isEmpty {
            problems.add(placed.spot, "\(what) is empty; write an id such as housing")
        } else if small != placed.value, CharacterRules.isID(small) {
            let found = shown(placed.value)
            problems.add(
                placed.spot,
                "\(found) has capital letters, ids have none; write `\(small)`"
            )
        } else if !CharacterRules.isID(placed.value) {
            problems.add(placed.spot, "\(shown(placed.value)) is no id; write \(rule)")
        }
        return placed
    }

    /// Returns a date.
    func date(_ tree: Tree, _ what: String) -> Placed<CivilDate>? {
        let example = "a date such as 2019-12-31"
        guard let placed = scalar(tree, what, example: example) else { return nil }
        guard let date = CivilDate(placed.value) else {
            problems.add(placed.spot, "\(shown(placed.value)) is no date; write \(example)")
            return nil
        }
        return Placed(value: date, spot: placed.spot)
    }

    /// Returns a term.
    func term(_ tree: Tree, _ what: String) -> Placed<Term>? {
        let example = "a term such as 15s, 10min, 4h, 10d or 2wd"
        guard let placed = scalar(tree, what, example: example) else { return nil }
        guard let term = Term(placed.value) else {
            problems.add(placed.spot, "\(shown(placed.value)) is no term; write \(example)")
            return nil
        }
        guard days(of: term) <= Values.longestTermDays else {
            problems.add(
                placed.spot,
                "\(shown(placed.value)) is longer than ten years; write a shorter one"
            )
            return nil
        }
        if let refusal = time.keeper?.refusal(of: term) {
            problems.add(placed.spot, refusal)
            return nil
        }
        return Placed(value: term, spot: placed.spot)
    }

    private func days(of term: Term) -> Int {
        switch term {
        case .elapsed(let span): Int(span.microseconds / Span.days(1).microseconds)
        // Eight hours of working time are a day, more or less.
        case .workTime(let span): Int(span.microseconds / Span.hours(8).microseconds)
        case .days(let count), .workdays(let count): count
        }
    }

    /// Returns a whole number within a range.
    func integer(_ tree: Tree, _ what: String, in range: ClosedRange<Int>) -> Int? {
        let example = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let placed = scalar(tree, what, example: example) else { return nil }
        guard let number = Int(placed.value), range.contains(number) else {
            problems.add(
                placed.spot,
                "\(what) is \(shown(placed.value)); write \(example)"
            )
            return nil
        }
        return number
    }

    /// Returns a text in one or two languages; one text is Chinese if it has a Chinese character.
    func names(_ tree: Tree, _ what: String) -> Names? {
        guard case .table = tree.shape else {
            guard let text = text(tree, what)?.value else { return nil }
            return isChinese(text) ? Names(zh: text) : Names(en: text)
        }
        let fields = Fields(tree, noun: what, keys: ["en", "zh"], values: self)
        let english = fields?.text("en")?.value
        let chinese = fields?.text("zh")?.value
        if english == nil, chinese == nil {
            problems.add(tree.spot, "\(what) has no text; write { en: …, zh: … } or one text")
            return nil
        }
        return Names(en: english, zh: chinese)
    }

    private func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isIdeographic }
    }

    /// Returns a list, nil after noting that it is none or is empty.
    func list(_ tree: Tree, _ what: String, example: String) -> [Tree]? {
        if tree.isNull {
            problems.add(tree.spot, "\(what) has no value; write \(example), or remove it")
            return nil
        }
        guard case .list(let list) = tree.shape else {
            problems.add(tree.spot, "\(what) is \(tree.noun); write a list: \(example)")
            return nil
        }
        if list.isEmpty {
            problems.add(tree.spot, "\(what) is empty; write \(example), or remove it")
            return nil
        }
        return list
    }

    /// Returns a text in backticks, cut if it is long, with nothing that a terminal would obey.
    func shown(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) {
            view.append(CharacterRules.isAllowed(scalar) ? scalar : "\u{FFFD}")
        }
        return "`\(String(view))\(text.unicodeScalars.count > 60 ? "…" : "")`"
    }
}
