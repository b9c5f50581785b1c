import CivilTime
import DubanAPI
import Foundation
import Messages
import Testing

/// Values that the tests of this target share: 2020-10-12 is a Monday.
enum Fixture {
    static let zoneName = "Asia/Shanghai"

    static func shanghai() throws -> Zone {
        let bytes = try #require(
            FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + zoneName)
        )
        return try Zone(name: zoneName, tzif: Array(bytes))
    }

    /// A time of 2020-10-12 in Shanghai, in microseconds.
    static func at(_ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0) -> Int64 {
        // 2020-10-12 00:00 +08:00 is 2020-10-11T16:00:00Z.
        (1_602_432_000 + hour * 3_600 + minute * 60 + second) * 1_000_000
    }

    static func rendering(
        _ language: Language,
        now: Int64 = at(9, 0, 6),
        colour: Bool = false
    ) throws -> Rendering {
        let zones = [zoneName: try shanghai()]
        return Rendering(language: language, zones: zones, nowMicros: now, hasColour: colour)
    }

    static func duty(
        _ number: Int64 = 7,
        kind: DutyAPI.Kind = .account,
        state: DutyAPI.State = .open,
        due: Int64 = at(9, 0, 6),
        subject: Int64? = nil,
        root: Int64? = nil,
        late: Bool = false,
        lateWorkdays: Int64 = 0,
        settledBy: [String] = ["submit"]
    ) -> DutyAPI.Duty {
        DutyAPI.Duty(
            number: number,
            id: "wenming/env.lighting/account",
            kind: kind,
            state: state,
            programme: "wenming",
            item: "env.lighting",
            itemNames: Names(en: "street lighting", zh: "背街小巷照明"),
            unit: "housing",
            unitNames: Names(en: "housing", zh: "住建局"),
            post: "housing.head",
            person: "p-014",
            personName: "张三",
            superior: "sponsor-env.head",
            zone: zoneName,
            openMicros: at(9),
            dueMicros: due,
            originalDueMicros: due,
            provisional: false,
            late: late,
            lateWorkdays: lateWorkdays,
            attempt: 1,
            cycle: 1,
            round: 1,
            subject: subject,
            root: root ?? number,
            requirements: "every street is lit",
            criteria: ["lamps_lit >= 99 %"],
            unattended: false,
            settledBy: settledBy
        )
    }

    static func entry(
        _ action: String,
        reason: String,
        number: Int64? = 7,
        kind: DutyAPI.Kind? = .account,
        subject: Int64? = nil,
        due: Int64? = at(9, 0, 11),
        followUp: Int64? = nil,
        outcome: String? = nil,
        summary: String? = nil,
        note: String? = nil,
        count: Int64? = nil,
        job: Int64? = nil,
        cause: String? = nil,
        from: Int64? = nil,
        until: Int64? = nil
    ) -> DutyAPI.Entry {
        DutyAPI.Entry(
            seq: 12,
            atMicros: at(9, 0, 7),
            effectiveMicros: at(9, 0, 6),
            action: action,
            actor: "kernel",
            uid: 1_000,
            person: "p-003",
            personName: "李四",
            post: "sponsor-env.head",
            via: "socket",
            reason: reason,
            number: number,
            kind: kind,
            item: "env.lighting",
            itemNames: Names(en: "street lighting", zh: "背街小巷照明"),
            unit: "housing",
            unitNames: Names(en: "housing", zh: "住建局"),
            obligor: "p-014",
            obligorName: "张三",
            dueMicros: due,
            followUpMicros: followUp,
            subject: subject,
            root: 7,
            job: job,
            outcome: outcome,
            summary: summary,
            count: count,
            schedule: "wenming/env.lighting/account",
            cause: cause,
            fromMicros: from,
            untilMicros: until,
            note: note,
            zone: zoneName
        )
    }
}
