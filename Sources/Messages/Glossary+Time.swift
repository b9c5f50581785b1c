extension Glossary {
    /// The rows about schedules and slots.
    static let timeRows: [Row] =
        scheduleStates + dispositions + verdicts + causes + clockMarks + fates
        + alarms + fields

    private static let scheduleStates = [
        Row(topic: .scheduleState, key: "active", en: "active", zh: "正常"),
        Row(topic: .scheduleState, key: "paused", en: "paused", zh: "暂停"),
        Row(topic: .scheduleState, key: "suspended", en: "suspended", zh: "挂起"),
        Row(topic: .scheduleState, key: "ended", en: "ended", zh: "结束"),
        Row(topic: .scheduleState, key: "behind", en: "behind", zh: "补办中"),
    ]

    private static let dispositions = [
        Row(topic: .disposition, key: "opened", en: "opened", zh: "已立项"),
        Row(topic: .disposition, key: "skipped", en: "skipped", zh: "已跳过"),
        Row(topic: .disposition, key: "missed", en: "missed", zh: "已错过"),
        Row(topic: .disposition, key: "superseded", en: "superseded", zh: "已取代"),
    ]

    private static let verdicts = [
        Row(topic: .verdict, key: "opened", en: "a duty was opened for it", zh: "已立项"),
        Row(topic: .verdict, key: "skipped", en: "it was skipped", zh: "已跳过"),
        Row(topic: .verdict, key: "missed", en: "it was missed", zh: "已错过"),
        Row(
            topic: .verdict,
            key: "superseded",
            en: "an edit of the plan took it away before it was due",
            zh: "到期前已被修订的方案取代"
        ),
        Row(
            topic: .verdict,
            key: "pending",
            en: "it has passed and waits to be worked off",
            zh: "已过，等待处理"
        ),
        Row(topic: .verdict, key: "future", en: "it has yet to come", zh: "尚未到期"),
        Row(topic: .verdict, key: "no_slot", en: "the rule has no slot here", zh: "规则不含此时"),
        Row(topic: .verdict, key: "ended", en: "the schedule had ended", zh: "日程已结束"),
        Row(
            topic: .verdict,
            key: "before_activation",
            en: "the schedule was not active yet",
            zh: "日程当时尚未启用"
        ),
        Row(
            topic: .verdict,
            key: "suspended",
            en: "the schedule is suspended: its zone or calendar cannot be read",
            zh: "日程已挂起：时区或工作日历无法读取"
        ),
    ]

    private static let causes = [
        Row(
            topic: .cause,
            key: "overlap",
            en: "the check before was not performed yet",
            zh: "上一次检查尚未完成"
        ),
        Row(topic: .cause, key: "calendar", en: "by the work calendar", zh: "依工作日历"),
        Row(topic: .cause, key: "excluded", en: "excluded by the rule", zh: "规则已排除"),
        Row(topic: .cause, key: "gap", en: "clocks jumped over it", zh: "时钟跳过此时"),
        Row(
            topic: .cause,
            key: "gap-merged",
            en: "another slot stands for it at the same instant",
            zh: "并入同一时刻的另一次"
        ),
        Row(topic: .cause, key: "paused", en: "the schedule was paused", zh: "日程暂停期间"),
        Row(
            topic: .cause,
            key: "latest",
            en: "only the newest slot is caught up",
            zh: "只补办最近一次"
        ),
        Row(topic: .cause, key: "none", en: "nothing is caught up", zh: "不予补办"),
        Row(
            topic: .cause,
            key: "window",
            en: "too old to be caught up",
            zh: "超出补办期限"
        ),
        Row(topic: .cause, key: "revised", en: "the plan was changed", zh: "方案已修订"),
        Row(topic: .cause, key: "opened", en: "opened when it was due", zh: "到期时已立项"),
        Row(topic: .cause, key: "taken-out", en: "taken out by the plan", zh: "方案已剔除"),
        Row(topic: .cause, key: "not-passed", en: "neither skipped nor missed", zh: "未曾跳过或错过"),
    ]

    private static let clockMarks = [
        Row(
            topic: .clockMark,
            key: "moved",
            en: "clocks jump over it: moved",
            zh: "时钟跳过此时，改期"
        ),
        Row(topic: .clockMark, key: "skipped", en: "clocks jump over it: none", zh: "时钟跳过此时，不办"),
        Row(
            topic: .clockMark,
            key: "repeated",
            en: "clocks show it twice: both",
            zh: "时钟重复此时，两次均计"
        ),
        Row(topic: .clockMark, key: "once", en: "clocks show it twice: once", zh: "时钟重复此时，只计一次"),
        Row(
            topic: .clockMark,
            key: "merged",
            en: "clocks jump over it: another slot stands for it",
            zh: "时钟跳过此时，并入另一次"
        ),
    ]

    private static let fates = [
        Row(topic: .fate, key: "added", en: "added", zh: "新增"),
        Row(topic: .fate, key: "removed", en: "removed", zh: "撤销"),
        Row(topic: .fate, key: "changed", en: "changed", zh: "变更"),
        Row(topic: .fate, key: "kept", en: "kept", zh: "保留"),
    ]

    private static let alarms = [
        Row(topic: .alarm, key: "zone_missing", en: "zone gone", zh: "时区缺失"),
        Row(
            topic: .alarm,
            key: "zone_unreadable",
            en: "zone not readable, the old data stay in use",
            zh: "时区数据无法读取，沿用旧数据"
        ),
        Row(topic: .alarm, key: "calendar_missing", en: "work calendar gone", zh: "工作日历缺失"),
        Row(
            topic: .alarm,
            key: "calendar_unreadable",
            en: "work calendar not readable, the old data stay in use",
            zh: "工作日历无法读取，沿用旧数据"
        ),
        Row(topic: .alarm, key: "schedule_suspended", en: "schedule suspended", zh: "日程已挂起"),
    ]
}
