extension Glossary {
    /// The fields of a rule, as an explanation lists them.
    static let fields = [
        Row(topic: .field, key: "weekday", en: "weekday", zh: "星期"),
        Row(topic: .field, key: "date", en: "date", zh: "日期"),
        Row(topic: .field, key: "time", en: "time", zh: "时间"),
        Row(topic: .field, key: "zone", en: "zone", zh: "时区"),
        Row(topic: .field, key: "every", en: "every", zh: "间隔"),
        Row(topic: .field, key: "roll", en: "roll", zh: "顺移"),
        Row(topic: .field, key: "clock", en: "clock", zh: "时钟变更"),
        Row(topic: .field, key: "fold", en: "copy of the hour", zh: "重复时段第几次"),
        Row(topic: .field, key: "except", en: "except", zh: "排除"),
        Row(topic: .field, key: "period", en: "period", zh: "周期"),
        Row(topic: .field, key: "interval", en: "interval", zh: "固定间隔"),
        Row(topic: .field, key: "recurrence", en: "recurrence", zh: "重复规则"),
        Row(topic: .field, key: "offset", en: "offset", zh: "偏移"),
    ]
}
