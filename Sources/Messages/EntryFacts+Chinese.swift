import DubanAPI

extension EntryFacts {
    /// The sentence in Chinese.
    var chinese: String {
        switch entry.action {
        case "genesis": tail("存证日志启用", "：", summary)
        case "adopt": chineseAdopt
        case "open": chineseOpen
        case "pass": chinesePass
        case "revise": chineseRevise
        case "pause":
            tail(tail("\(actor)暂停\(scheduled)", "，至 ", until), "：", note)
        case "resume": tail("\(actor)恢复\(scheduled)", "：", note)
        case "backfill": chineseBackfill
        case "recalendar": chineseRecalendar
        case "tick": "服务运行中"
        case "remind": chineseRemind
        case "submit": tail("\(actor)提交\(about)", "：", note)
        case "accept":
            tail(tail("\(actor)审核通过\(about)", "，", signature), "：", note)
        case "return": tail(tail("\(actor)退回\(about)", "：", note), "；新期限 ", due)
        case "urge": chineseUrge
        case "settle":
            tail(tail("\(duty)\(matter)办结：\(reason)", "，结果", outcome), "：", summary)
        case "moot": "\(duty)\(matter)终止办理：\(reason)"
        case "unattended": "\(duty)逾期，\(obligor)之上再无上级可督办：保持未结，直至有人处理"
        case "find": chineseFind
        case "finish": chineseFinish
        default:
            tail("\(rendering.word(.action, entry.action)) \(duty)：\(reason)", "：", summary)
        }
    }

    /// The duty with its item: ` D-0007(交账)“路灯” `.
    private var about: String {
        hasItem && entry.number != nil ? " \(duty)“\(item)”" : " \(duty) "
    }

    private var chineseAdopt: String {
        let plan = tail("启用工作方案", "：", summary)
        return entry.person == nil ? plan : plan + "，由\(actor)启用"
    }

    private var chineseOpen: String {
        let why =
            switch entry.reason {
            case "submitted": "\(subject) 已提交，请审核"
            case "overdue": "\(subject)\(matter)自 \(effective) 起逾期"
            case "follow-up-passed": "\(subject)\(matter)跟踪期限已过，仍未办结"
            case "finding": "发现问题" + (summary.map { "“\($0)”" } ?? "") + "，限期整改"
            default: hasItem ? item : reason
            }
        let start = "\(duty)交\(obligor)办理：\(why)"
        return tail(start, "，期限 ", due)
    }

    private var matter: String {
        hasItem ? "“\(item)”" : " "
    }

    private var chinesePass: String {
        let why = "\(scheduled)有 \(slots) 次未立项：\(cause)"
        return tail(tail(why, "；", range), "：", remark)
    }

    private var chineseRevise: String {
        let plan = tail("修订工作方案", "：", summary) + (revision.map { "，第 \($0) 版" } ?? "")
        let by = entry.person == nil ? plan : plan + "，由\(actor)修订"
        let counts = [(entry.added, "新增"), (entry.changed, "变更"), (entry.ended, "结束")]
        let parts = counts.compactMap { part in part.0.map { "\(part.1) \($0) 个" } }
        return parts.isEmpty ? by : by + "；日程：" + parts.joined(separator: "，")
    }

    private var chineseBackfill: String {
        tail("\(actor)补办\(scheduled)", "，", range) + "：立项 \(slots) 次"
    }

    private var chineseRecalendar: String {
        let dates = entry.count.map { "；\($0) 个日期变动" }
        return tail("时区或工作日历数据更新", "：", difference) + (dates ?? "")
    }

    private var chineseRemind: String {
        entry.reason == "after-due"
            ? tail("逾期提醒\(obligor)：\(duty)\(matter)已逾期", "，期限 ", due)
            : tail("到期提醒\(obligor)：\(duty)\(matter)即将到期", "，期限 ", due)
    }

    private var chineseUrge: String {
        let whom = hasObligor ? "\(actor)催办\(obligor)：\(duty)\(matter)" : "\(actor)催办\(about)"
        return tail(tail(whom, "，", note), "；跟踪期限 ", followUp)
    }

    private var chineseFind: String {
        let by = entry.number == nil ? "督查" : duty
        let place = hasItem ? "在“\(item)”" : ""
        let unit = entry.unit == nil ? "" : "，责任单位\(obligor)"
        return tail(tail("\(by)\(place)发现问题\(unit)", "：", summary), "；整改期限 ", due)
    }

    private var chineseFinish: String {
        let name = entry.job.map { "作业 \($0)" } ?? "作业"
        let job = entry.number == nil ? name : "\(name)（\(DutyNumber.text(entry.number ?? 0))）"
        let end =
            switch entry.reason {
            case "delivered": "\(job)：通知已送达"
            case "gave-up": "\(job)\(entry.count.map { "尝试 \($0) 次" } ?? "多次尝试")未成，停止重试"
            case "cancelled": "\(job)已取消"
            default: "\(job)完成"
            }
        return tail(tail(end, "，结果", outcome), "：", summary)
    }
}
