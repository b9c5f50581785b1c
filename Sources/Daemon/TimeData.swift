import CivilTime
import DubanAPI
import Glibc
import Ledger
import PlanFile
import Supervision

/// What the engine knows of the zone and calendar data in use.
struct TimeDataState {
    /// The release of the tz database.
    var release: String?
    /// What is wrong with the data, for the status.
    var alarms: [ControlAPI.Alarm] = []
    /// Whether the data are newer than those of the run before, and the ledger is being verified.
    var isNew = false
    /// Whether the plans are being read again.
    var isReading = false
    /// Whether the data changed again meanwhile.
    var isStale = false
}

/// A plan in force that is to be read again.
struct TimeDataRequest: Sendable {
    /// The plan as it was read last.
    let plan: Plan
    let text: String
    let digest: Digest
    let name: String
}

/// The plans in force with the zone and calendar data as they are now.
struct TimeDataReading: Sendable {
    /// What is wrong with the data.
    struct Trouble: Hashable, Sendable {
        let kind: ControlAPI.AlarmKind
        /// The name of the zone, calendar or schedule.
        let subject: String
        let detail: String?
    }

    /// The plans that could be read, with the digests of their texts.
    private(set) var plans: [(plan: Plan, digest: Digest)] = []
    private(set) var troubles: [Trouble] = []
    /// The release of the tz database.
    let release: String?

    /// Reads plans: off the engine's thread, since it takes a few tenths of a second.
    ///
    /// Data that cannot be read leave the plan as it was. A zone that is gone leaves the plan too,
    /// but its schedules stand still.
    init(
        _ requests: [TimeDataRequest],
        _ reader: PlanReader,
        zoneDirectory: String,
        calendarDirectories: [String]
    ) {
        let zones = ZoneDirectory(zoneDirectory)
        release = zones.tzdata
        for request in requests {
            let (gone, isBroken) = check(request.plan.timekeeper, zones)
            if !gone.isEmpty {
                let plan = request.plan.missing(zones: gone)
                for schedule in Schedule.all(of: plan) where schedule.keeper(in: plan) == nil {
                    note(.scheduleSuspended, schedule.id, nil)
                }
                plans.append((plan, request.digest))
            } else if !isBroken {
                let reading = PlanReading(reader, request.text, request.digest, request.name)
                if let plan = reading.plan {
                    plans.append((plan, request.digest))
                } else {
                    blame(request.plan.timekeeper, reading.problems, calendarDirectories)
                }
            }
        }
    }

    /// Looks at the zones that a plan uses: which are gone, and whether one cannot be read.
    private mutating func check(
        _ keeper: Timekeeper,
        _ zones: ZoneDirectory
    ) -> (gone: Set<String>, isBroken: Bool) {
        var gone: Set<String> = []
        var isBroken = false
        for name in Set([keeper.zone.name] + keeper.zones.keys).sorted() {
            do throws(ZoneDirectory.Failure) {
                _ = try zones.zone(name)
            } catch {
                switch error {
                case .missing(let text):
                    gone.insert(name)
                    note(.zoneMissing, name, text)
                case .unreadable(let text):
                    // Where there are no old data, the zone was unreadable at the start.
                    let isUnknown = keeper.zone.name == name ? keeper.zone : keeper.zones[name]
                    if isUnknown?.isMissing == true { gone.insert(name) } else { isBroken = true }
                    note(.zoneUnreadable, name, text)
                }
            }
        }
        return (gone, isBroken)
    }

    /// Says which calendar keeps a plan from being read whose text and zones are as they were.
    private mutating func blame(
        _ keeper: Timekeeper,
        _ problems: [String],
        _ directories: [String]
    ) {
        let names = [keeper.calendar.id] + keeper.calendars.keys
        // Calendars that are put together from several carry all their ids.
        let ids = Set(names.flatMap { $0.split { !Self.isIDCharacter($0) } }.map(String.init))
        let absent = ids.sorted().filter { id in
            id != WorkCalendar.mondayToFriday.id
                && directories.allSatisfy { access("\($0)/\(id).yaml", F_OK) != 0 }
        }
        for id in absent { note(.calendarMissing, id, problems.first) }
        if absent.isEmpty { note(.calendarUnreadable, keeper.calendar.id, problems.first) }
    }

    private static func isIDCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "._-".contains(character)
    }

    private mutating func note(
        _ kind: ControlAPI.AlarmKind,
        _ subject: String,
        _ detail: String?
    ) {
        let trouble = Trouble(kind: kind, subject: subject, detail: detail)
        if !troubles.contains(trouble) { troubles.append(trouble) }
    }
}

extension Plan {
    /// The same plan with those of its zones marked that the tz database no longer has.
    fileprivate func missing(zones gone: Set<String>) -> Plan {
        Plan(
            programme: programme,
            timekeeper: timekeeper.missing(zones: gone),
            persons: Array(persons.values),
            units: Array(units.values),
            projects: projects,
            items: items,
            ladder: ladder,
            fallback: fallback,
            pacing: pacing
        )
    }
}
