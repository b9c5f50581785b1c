/// An error that the daemon sent, as one line for people and as an exit code.
public struct Refusal: Hashable, Sendable {
    /// The qualified name, `io.duban.Duty.NoSuchDuty`.
    public let error: String
    /// The parameters as text, by name.
    public let parameters: [String: String]

    /// Makes a refusal.
    public init(error: String, parameters: [String: String]) {
        self.error = error
        self.parameters = parameters
    }

    /// The last part of the name.
    public var shortName: String {
        String(error.split(separator: ".").last ?? "")
    }

    /// The exit code: 4 no such object, 5 refused, 1 failed.
    public var exitCode: Int32 {
        switch shortName {
        case "NoSuchDuty", "NoSuchJob", "NoSuchProgramme", "NoSuchRecord", "NoSuchCursor",
            "NoSuchSession", "NoSuchSchedule":
            4
        case "NotAllowed", "WrongState", "PermissionDenied", "NotAccepting", "AlreadyAdopted":
            5
        default:
            1
        }
    }

    /// Returns the line.
    public func line(_ language: Language) -> String {
        language == .zh ? chinese : english
    }

    private func field(_ name: String) -> String {
        Escape.line(parameters[name] ?? "?")
    }

    private var duty: String {
        parameters["number"].flatMap { DutyNumber.parse($0) }.map(DutyNumber.text)
            ?? field("number")
    }

    /// What an act was about whose state forbids it: a duty or a schedule, and that state.
    private var stateWord: (object: String, state: String) {
        let topic: Glossary.Topic = parameters["schedule"] == nil ? .state : .scheduleState
        let word = Glossary.word(topic, field("state"), .zh)
        return (parameters["schedule"] == nil ? duty : field("schedule"), word)
    }

    private var english: String {
        switch shortName {
        case "NoSuchDuty": "no duty has the number \(duty)"
        case "NoSuchJob": "no job has the number \(field("jobId"))"
        case "NoSuchProgramme": "no programme \(field("id")) is adopted"
        case "NoSuchSchedule":
            "no plan in force has the schedule \(field("schedule")); `dubanctl schedules` lists them"
        case "NoSuchRecord": "the ledger has no entry #\(field("seq"))"
        case "NoSuchCursor": "that verification has ended; start again"
        case "WrongState": "\(stateWord.object) is \(field("state")): \(field("message"))"
        case "NotAllowed": "not allowed: \(field("message"))"
        case "PermissionDenied":
            "not allowed: only persons of the plan, group duban and root may read"
        case "NotAccepting": "the daemon takes no new work: \(field("message"))"
        case "AlreadyAdopted":
            "this plan of programme \(field("id")) is in force already"
        case "RequestConflict": "the request \(field("requestId")) was used for another call"
        case "BadArgument": "bad argument \(field("argument")): \(field("message"))"
        case "InvalidParameter": "bad argument \(field("parameter"))"
        case "NotUploaded": "the upload was not complete; apply the plan again"
        case "Invalid": "the plan is not fit to be adopted: \(field("problems"))"
        case "MethodNotFound", "InterfaceNotFound", "MethodNotImplemented":
            "the daemon does not know this call; its version differs from this program's"
        default: "\(error)\(rest)"
        }
    }

    private var chinese: String {
        switch shortName {
        case "NoSuchDuty": "没有编号为 \(duty) 的事项"
        case "NoSuchJob": "没有编号为 \(field("jobId")) 的作业"
        case "NoSuchProgramme": "方案 \(field("id")) 尚未启用"
        case "NoSuchSchedule":
            "现行方案中没有日程 \(field("schedule"))，可用 `dubanctl schedules` 查看"
        case "NoSuchRecord": "日志中没有第 \(field("seq")) 条记录"
        case "NoSuchCursor": "该次校验已经结束，请重新开始"
        case "WrongState":
            "\(stateWord.object) 目前为“\(stateWord.state)”：\(field("message"))"
        case "NotAllowed": "无权办理：\(field("message"))"
        case "PermissionDenied": "无权查看：仅方案中的人员、duban 组和 root 可以读取"
        case "NotAccepting": "服务暂不受理新的事项：\(field("message"))"
        case "AlreadyAdopted": "方案 \(field("id")) 的这一版本已在施行"
        case "RequestConflict": "请求号 \(field("requestId")) 已用于另一调用"
        case "BadArgument": "参数 \(field("argument")) 有误：\(field("message"))"
        case "InvalidParameter": "参数 \(field("parameter")) 有误"
        case "NotUploaded": "上传不完整，请重新启用方案"
        case "Invalid": "方案不合格：\(field("problems"))"
        case "MethodNotFound", "InterfaceNotFound", "MethodNotImplemented":
            "服务不认识此调用：两端版本不一致"
        default: "\(error)\(rest)"
        }
    }

    private var rest: String {
        let pairs = parameters.sorted { $0.key < $1.key }.map {
            "\($0.key)=\(Escape.line($0.value))"
        }
        return pairs.isEmpty ? "" : " (" + pairs.joined(separator: ", ") + ")"
    }
}
