import DubanAPI

extension EntryFacts {
    /// The sentence in English.
    var english: String {
        switch entry.action {
        case "genesis": tail("the ledger was started", ": ", summary)
        case "adopt": englishAdopt
        case "open": englishOpen
        case "pass": englishPass
        case "revise": englishRevise
        case "pause":
            tail(tail("\(actor) paused \(scheduled)", " until ", until), ": ", note)
        case "resume": tail("\(actor) resumed \(scheduled)", ": ", note)
        case "backfill": englishBackfill
        case "recalendar": englishRecalendar
        case "tick": "the service is running"
        case "remind": englishRemind
        case "submit": tail("\(actor) submitted \(duty)\(about)", ": ", note)
        case "accept": tail(tail("\(actor) accepted \(duty)\(about)", ", ", signature), ": ", note)
        case "return":
            tail(tail("\(actor) returned \(duty)\(about)", ": ", note), "; due again ", due)
        case "urge": englishUrge
        case "settle":
            tail(tail("\(duty)\(about) is settled: \(reason)", ", ", outcome), ": ", summary)
        case "moot": "\(duty)\(about) has become moot: \(reason)"
        case "unattended":
            "\(duty) of \(obligor) is overdue and nobody is above: it stays open until somebody acts"
        case "find": englishFind
        case "finish": englishFinish
        default:
            tail("\(rendering.word(.action, entry.action)) \(duty): \(reason)", ": ", summary)
        }
    }

    private var about: String {
        hasItem ? " (" + item + ")" : ""
    }

    private var englishAdopt: String {
        let plan = tail("a plan was adopted", ": ", summary)
        return entry.person == nil ? plan : plan + ", by " + actor
    }

    private var englishOpen: String {
        let start = "\(duty) opened for \(obligor)"
        let why =
            switch entry.reason {
            case "submitted": "\(subject) was submitted"
            case "overdue": "\(subject)\(about) is overdue since \(effective)"
            case "follow-up-passed": "\(subject)\(about) is still not done after its follow-up date"
            case "finding": summary ?? item
            default: hasItem ? item : reason
            }
        return tail("\(start): \(why)", "; due ", due)
    }

    private var englishPass: String {
        let slots = slots == 1 ? "1 slot" : "\(slots) slots"
        let why = "\(slots) of \(scheduled) passed without a duty: \(cause)"
        return tail(tail(why, "; ", range), ": ", remark)
    }

    private var englishRevise: String {
        let plan = tail(tail("a changed plan was adopted", ": ", summary), ", revision ", revision)
        let by = entry.person == nil ? plan : plan + ", by " + actor
        let counts = [(entry.added, "added"), (entry.changed, "changed"), (entry.ended, "ended")]
        let parts = counts.compactMap { part in part.0.map { "\($0) \(part.1)" } }
        return parts.isEmpty ? by : by + "; schedules: " + parts.joined(separator: ", ")
    }

    private var englishBackfill: String {
        let slots = slots == 1 ? "1 slot" : "\(slots) slots"
        return tail("\(actor) backfilled \(scheduled)", ", ", range) + ": \(slots) opened"
    }

    private var englishRecalendar: String {
        let dates = entry.count.map { $0 == 1 ? "; 1 date moved" : "; \($0) dates moved" }
        return tail("new zone or calendar data", ": ", difference) + (dates ?? "")
    }

    private var englishRemind: String {
        let start = "reminder to \(obligor): \(duty)\(about)"
        return entry.reason == "after-due"
            ? tail(start + " is overdue", " since ", due) : tail(start + " is due", " ", due)
    }

    private var englishUrge: String {
        let whom =
            hasObligor ? "\(actor) urged \(obligor) to settle \(duty)" : "\(actor) urged \(duty)"
        return tail(tail(whom + about, ": ", note), "; follow-up date ", followUp)
    }

    private var englishFind: String {
        let by = entry.number == nil ? "" : " by \(duty)"
        let unit = entry.unit == nil ? "" : " for \(obligor)"
        let start = "finding\(hasItem ? " on " + item : "")\(by)\(unit)"
        return tail(tail(start, ": ", summary), "; to be put right by ", due)
    }

    private var englishFinish: String {
        let name = entry.job.map { "job \($0)" } ?? "a job"
        let job = entry.number == nil ? name : "\(name) of \(duty)"
        let end =
            switch entry.reason {
            case "delivered": "\(job): the message was delivered"
            case "gave-up":
                "\(job) was given up\(entry.count.map { " after \($0) attempts" } ?? "")"
            case "cancelled": "\(job) was cancelled"
            default: "\(job) finished"
            }
        return tail(tail(end, ": ", outcome), ": ", summary)
    }

    /// Returns the text, followed by a part that may be missing.
    func tail(_ text: String, _ joint: String, _ part: String?) -> String {
        part.map { text + joint + $0 } ?? text
    }
}
