/// Makes texts of the whole grammar; most of them can be read, some can never elapse.
struct RandomExpression {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func pick(_ choices: [String]) -> String {
        choices.randomElement(using: &generator) ?? ""
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    /// An expression with up to two alternatives and a few clauses.
    mutating func expression() -> String {
        var text = alternative()
        if number(0...4) == 0 {
            text += " | " + alternative()
        }
        return text + clauses()
    }

    mutating func alternative() -> String {
        switch number(0...9) {
        case 0:
            "every \(number(1...300))min from 2025-\(pick(["03-30", "10-26"]))T00:\(number(10...59)):00Z"
        case 1: period()
        case 2: "\(pick(["+", "-"]))\(number(1...5))\(pick(["d", "wd", "w"])) of \(pattern())"
        case 3: "\(pick(["+", "-"]))\(number(1...90))\(pick(["min", "h"])) of \(pattern())"
        case 4: "-\(number(1...9))wd of \(period())"
        default: pattern()
        }
    }

    mutating func period() -> String {
        let kind = pick(["dekad", "month", "quarter", "half", "year"])
        let edge = pick(["open", "cut-off", "wd\(number(1...9))", "wd~\(number(1...9))"])
        return "\(kind) \(edge)\(pick(["", "", " \(time())"]))"
    }

    mutating func pattern() -> String {
        let days = pick(["", "", "", "Mon ", "Tue..Fri ", "Sat,Sun ", "fri,mon..tue "])
        let date = pick([
            "", "", "", "*-*-\(number(1...28)) ", "*-*-10,20,~01 ", "*-*~\(number(1...31)) ",
            "*-*-wd\(number(1...22)) ", "*-*-wd1,wd~\(number(1...5)) ", "*-03,10-20..31 ",
            "2025-*-* ", "*-*-25..31 ", "*-*~01..07 ",
        ])
        return days + date + time()
    }

    mutating func time() -> String {
        let minute = 15 * number(0...3)
        return pick([
            "\(number(0...23)):\(minute)", "0\(number(0...4)):\(minute)", "02:30", "00:00",
            "*:0/15",
            "02:0/15", "0/2:00", "02/4:30", "*:00", "01,02,03:00,30", "00..03:30", "23:45:30",
        ])
    }

    mutating func clauses() -> String {
        var text = ""
        let choices = [
            "every \(number(1...3))w from 2024-12-\(number(10...31))",
            "every \(number(1...9))d from 2025-01-\(number(10...31))",
            "roll=\(pick(["before", "after", "nearest", "modified-before", "modified-after"]))",
            "gap=\(pick(["after", "before", "shift", "skip"]))",
            "fold=\(pick(["first", "second", "both"]))",
            "clock=\(pick(["elapsed", "fixed"]))",
            "except off", "except Sun", "except 02:30", "except *-*-wd2", "except cn",
            "except month cut-off", "except -1d of 10-27",
        ]
        for clause in choices where number(0...7) == 0 {
            let name = clause.prefix { $0 != " " && $0 != "=" }
            if name == "except" || !text.contains(" \(name)") {
                text += " " + clause
            }
        }
        return text
    }
}
