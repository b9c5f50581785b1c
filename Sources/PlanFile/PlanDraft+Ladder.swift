import CivilTime
import Supervision

extension PlanDraft {
    private static let ladderKeys = ["review", "supervise", "returned", "before", "after"]

    /// Reads `ladder`: the word `default`, or the terms that differ from it.
    mutating func readLadder(_ fields: Fields) {
        guard let tree = fields["ladder"] else { return }
        if case .text(let text, _) = tree.shape {
            if text != "default" {
                let example = "`default`, or terms: { supervise: 2wd, before: [3wd, 1wd] }"
                problems.add(tree.spot, "`ladder` is \(values.shown(text)); write \(example)")
            }
            return
        }
        let keys = PlanDraft.ladderKeys
        guard let fields = Fields(tree, noun: "`ladder`", keys: keys, values: values) else {
            return
        }
        ladder = Ladder(
            review: fields.term("review")?.value ?? Ladder.standard.review,
            supervise: fields.term("supervise")?.value ?? Ladder.standard.supervise,
            returned: fields.term("returned")?.value ?? Ladder.standard.returned,
            before: offsets("before", fields) ?? Ladder.standard.before,
            after: offsets("after", fields) ?? Ladder.standard.after
        )
    }

    /// Returns the reminder offsets under a key, nil if it is not given; an empty list means none.
    private func offsets(_ key: String, _ fields: Fields) -> [Term]? {
        guard let tree = fields[key] else { return nil }
        if case .list(let list) = tree.shape, list.isEmpty { return [] }
        guard let list = values.list(tree, "`\(key)`", example: "[3wd, 1wd]") else { return nil }
        if list.count > 16 {
            problems.add(tree.spot, "`\(key)` has \(list.count) reminders; at most 16 are sent")
        }
        var seen: Set<Term> = []
        var terms: [Term] = []
        for element in list {
            guard let term = values.term(element, "a reminder") else { continue }
            if seen.insert(term.value).inserted {
                terms.append(term.value)
            } else {
                problems.add(term.spot, "\(term.value) is given twice; keep one")
            }
        }
        return terms
    }
}
