extension Glossary {
    /// All rows, by topic.
    public static let rows: [Row] =
        kinds + states + jobStates + outcomes + matters + actions + reasons + actors + modes
        + timeRows

    private static let kinds = [
        Row(topic: .kind, key: "account", en: "account", zh: "交账"),
        Row(topic: .kind, key: "inspect", en: "inspect", zh: "督查"),
        Row(topic: .kind, key: "rectify", en: "rectify", zh: "整改"),
        Row(topic: .kind, key: "review", en: "review", zh: "审核"),
        Row(topic: .kind, key: "supervise", en: "supervise", zh: "督办"),
    ]

    private static let states = [
        Row(topic: .state, key: "open", en: "open", zh: "待办"),
        Row(topic: .state, key: "submitted", en: "submitted", zh: "待审核"),
        Row(topic: .state, key: "returned", en: "returned", zh: "已退回"),
        Row(topic: .state, key: "accepted", en: "accepted", zh: "已办结"),
        Row(topic: .state, key: "moot", en: "moot", zh: "已终止"),
    ]

    private static let jobStates = [
        Row(topic: .jobState, key: "ready", en: "ready", zh: "待领取"),
        Row(topic: .jobState, key: "leased", en: "leased", zh: "执行中"),
        Row(topic: .jobState, key: "finished", en: "finished", zh: "已完成"),
        Row(topic: .jobState, key: "quarantined", en: "quarantined", zh: "已隔离"),
        Row(topic: .jobState, key: "cancelled", en: "cancelled", zh: "已取消"),
    ]

    private static let outcomes = [
        Row(topic: .outcome, key: "ok", en: "ok", zh: "正常"),
        Row(topic: .outcome, key: "warning", en: "warning", zh: "警告"),
        Row(topic: .outcome, key: "critical", en: "critical", zh: "严重"),
        Row(topic: .outcome, key: "unknown", en: "unknown", zh: "未知"),
        Row(topic: .outcome, key: "timeout", en: "timeout", zh: "超时"),
        Row(topic: .outcome, key: "failed", en: "failed", zh: "失败"),
    ]

    private static let matters = [
        Row(topic: .matter, key: "reminder", en: "reminder", zh: "到期提醒"),
        Row(topic: .matter, key: "overdue", en: "overdue", zh: "逾期提醒"),
        Row(topic: .matter, key: "opened", en: "to be handled", zh: "待您办理"),
        Row(topic: .matter, key: "returned", en: "returned", zh: "退回"),
        Row(topic: .matter, key: "urged", en: "urged", zh: "催办"),
        Row(topic: .matter, key: "unattended", en: "unattended", zh: "无人督办"),
        Row(topic: .matter, key: "single-signature", en: "single signature", zh: "单人签署"),
        Row(topic: .matter, key: "quarantined", en: "check not performed", zh: "督查未能完成"),
    ]

    private static let actions = [
        Row(topic: .action, key: "genesis", en: "ledger started", zh: "日志启用"),
        Row(topic: .action, key: "adopt", en: "plan adopted", zh: "方案启用"),
        Row(topic: .action, key: "open", en: "opened", zh: "立项"),
        Row(topic: .action, key: "pass", en: "passed", zh: "未立项"),
        Row(topic: .action, key: "remind", en: "reminder", zh: "提醒"),
        Row(topic: .action, key: "submit", en: "submitted", zh: "提交"),
        Row(topic: .action, key: "accept", en: "accepted", zh: "审核通过"),
        Row(topic: .action, key: "return", en: "returned", zh: "退回"),
        Row(topic: .action, key: "urge", en: "urged", zh: "催办"),
        Row(topic: .action, key: "settle", en: "settled", zh: "办结"),
        Row(topic: .action, key: "moot", en: "moot", zh: "终止"),
        Row(topic: .action, key: "unattended", en: "unattended", zh: "无人督办"),
        Row(topic: .action, key: "find", en: "finding", zh: "发现问题"),
        Row(topic: .action, key: "finish", en: "job finished", zh: "作业结束"),
        Row(topic: .action, key: "revise", en: "plan revised", zh: "方案修订"),
        Row(topic: .action, key: "pause", en: "schedule paused", zh: "日程暂停"),
        Row(topic: .action, key: "resume", en: "schedule resumed", zh: "日程恢复"),
        Row(topic: .action, key: "backfill", en: "backfill", zh: "补办"),
        Row(topic: .action, key: "recalendar", en: "dates recomputed", zh: "期限重算"),
        Row(topic: .action, key: "tick", en: "service running", zh: "服务运行"),
    ]

    private static let reasons = [
        Row(topic: .reason, key: "scheduled", en: "by schedule", zh: "按计划"),
        Row(topic: .reason, key: "submitted", en: "submitted", zh: "已提交"),
        Row(topic: .reason, key: "overdue", en: "overdue", zh: "逾期"),
        Row(
            topic: .reason,
            key: "follow-up-passed",
            en: "the follow-up date passed",
            zh: "跟踪期限已过"
        ),
        Row(topic: .reason, key: "finding", en: "a finding", zh: "发现问题"),
        Row(topic: .reason, key: "before-due", en: "before the due date", zh: "到期前"),
        Row(topic: .reason, key: "after-due", en: "after the due date", zh: "到期后"),
        Row(topic: .reason, key: "performed", en: "the check was performed", zh: "督查已完成"),
        Row(topic: .reason, key: "reviewed", en: "it was reviewed", zh: "已审核"),
        Row(topic: .reason, key: "acted", en: "the superior acted", zh: "上级已处理"),
        Row(
            topic: .reason,
            key: "superseded-by-act",
            en: "somebody above acted",
            zh: "上级已出面处理"
        ),
        Row(
            topic: .reason,
            key: "settled-below",
            en: "the matter was settled below",
            zh: "下级已办结"
        ),
        Row(topic: .reason, key: "top-of-line", en: "nobody is above", zh: "上面再无上级"),
        Row(topic: .reason, key: "person", en: "a person's act", zh: "本人办理"),
        Row(
            topic: .reason,
            key: "catch-up",
            en: "caught up after the service was down",
            zh: "服务恢复后补记"
        ),
        Row(
            topic: .reason,
            key: "overlap",
            en: "the check before is not performed yet",
            zh: "上一次检查尚未完成"
        ),
        Row(topic: .reason, key: "adopted", en: "adopted", zh: "启用"),
        Row(topic: .reason, key: "first-start", en: "first start", zh: "首次启动"),
        Row(topic: .reason, key: "delivered", en: "delivered", zh: "已送达"),
        Row(topic: .reason, key: "gave-up", en: "given up", zh: "多次未成"),
        Row(topic: .reason, key: "cancelled", en: "cancelled", zh: "已取消"),
        Row(topic: .reason, key: "excluded", en: "excluded by the rule", zh: "规则已排除"),
        Row(topic: .reason, key: "calendar", en: "by the work calendar", zh: "依工作日历"),
        Row(topic: .reason, key: "clock-change", en: "clocks were changed", zh: "时钟调整"),
        Row(topic: .reason, key: "paused", en: "the schedule was paused", zh: "日程暂停期间"),
        Row(topic: .reason, key: "revised", en: "the plan was changed", zh: "方案已修订"),
        Row(topic: .reason, key: "recalendared", en: "new time data", zh: "时区或日历更新"),
        Row(topic: .reason, key: "backfilled", en: "run later", zh: "补办"),
        Row(topic: .reason, key: "hourly", en: "every hour", zh: "每小时"),
    ]

    private static let actors = [
        Row(topic: .actor, key: "kernel", en: "an operator", zh: "管理员"),
        Row(topic: .actor, key: "rule", en: "rule", zh: "规则"),
        Row(topic: .actor, key: "timer", en: "timer", zh: "定时"),
    ]

    private static let modes = [
        Row(topic: .mode, key: "running", en: "running", zh: "运行中"),
        Row(topic: .mode, key: "read-only", en: "read-only", zh: "只读"),
        Row(topic: .mode, key: "disk-full", en: "disk full", zh: "磁盘已满"),
    ]
}
