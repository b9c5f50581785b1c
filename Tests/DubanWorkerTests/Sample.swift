import DubanAPI

/// Values that several tests share.
enum Sample {
    /// An open account duty.
    static let duty = DutyAPI.Duty(
        number: 7,
        id: "demo/lamps/account",
        kind: .account,
        state: .open,
        programme: "demo",
        item: "lamps",
        itemNames: Names(en: "Street lighting", zh: "路灯"),
        unit: "housing",
        unitNames: Names(en: "Housing bureau", zh: "住建局"),
        post: "housing.head",
        person: "p-014",
        personName: "张三",
        zone: "Asia/Shanghai",
        openMicros: 1_577_000_000_000_000,
        dueMicros: 1_578_000_000_000_000,
        originalDueMicros: 1_578_000_000_000_000,
        provisional: false,
        late: false,
        lateWorkdays: 0,
        attempt: 1,
        cycle: 1,
        round: 0,
        root: 7,
        criteria: ["done"],
        unattended: false,
        settledBy: []
    )
}
