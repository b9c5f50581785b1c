import CivilTime

/// Finds the zone and the work calendar of a plan.
struct TimeReader {
    let calendarDirectories: [String]
    let zoneDirectory: String
    let hostZone: String
    let values: Values
    /// Whether a zone or calendar that is gone leaves schedules standing still instead of being a
    /// mistake.
    var allowsMissingData = false
    /// The present, for rules that are over; nil where a plan was adopted before.
    var now: Instant?

    private var problems: Problems { values.problems }

    /// Returns zone and calendar, nil after noting what is wrong with either.
    func timekeeper(_ fields: Fields) -> Timekeeper? {
        let zone = zone(fields)
        let calendar = calendar(fields)
        guard let zone, let calendar else { return nil }
        let keeper = Timekeeper(zone: zone, calendar: calendar)
        values.time.keeper = keeper
        return keeper
    }

    private func zone(_ fields: Fields) -> Zone? {
        guard let tree = fields["zone"] else {
            do throws(ZoneProblem) {
                return try load(hostZone)
            } catch {
                problems.add(
                    fields.spot,
                    "this host's zone, \(hostZone), cannot be used: \(error.message); write `zone`"
                )
                return nil
            }
        }
        let example = "a zone such as Asia/Shanghai"
        guard let placed = values.scalar(tree, "`zone`", example: example) else { return nil }
        do throws(ZoneProblem) {
            return try load(placed.value)
        } catch {
            let name = values.shown(placed.value)
            problems.add(placed.spot, "zone \(name): \(error.message); write \(example)")
            return nil
        }
    }

    private struct ZoneProblem: Error {
        let message: String
    }

    private func load(_ name: String) throws(ZoneProblem) -> Zone {
        do throws(ZoneDirectory.Failure) {
            return try ZoneDirectory(zoneDirectory).zone(name)
        } catch {
            // A half-written file at a start is as good as none: what it says is not known.
            if allowsMissingData, Zone.isValidName(name) { return .missing(named: name) }
            throw ZoneProblem(message: error.message)
        }
    }

    private func calendar(_ fields: Fields) -> WorkCalendar? {
        guard let tree = fields["calendar"] else { return .mondayToFriday }
        guard case .list = tree.shape else {
            return values.id(tree, "`calendar`").flatMap { calendar([$0]) }
        }
        guard let list = values.list(tree, "`calendar`", example: "[de-by, works]") else {
            return nil
        }
        let ids = list.compactMap { values.id($0, "`calendar`") }
        return ids.count == list.count ? calendar(ids) : nil
    }

    /// Returns the calendar that ids name together; nil after noting why there is none.
    private func calendar(_ ids: [Placed<String>]) -> WorkCalendar? {
        // An id that is none was noted when it was read.
        guard let first = ids.first, ids.allSatisfy({ CharacterRules.isID($0.value) }) else {
            return nil
        }
        let library = CalendarLibrary(directories: calendarDirectories)
        do throws(CalendarLibrary.Failure) {
            return try library.load(ids.map(\.value))
        } catch {
            if allowsMissingData { return .missing(id: first.value) }
            switch error {
            case .message(let message): problems.add(first.spot, message)
            case .problems(let found): problems.add(found)
            }
            return nil
        }
    }

    /// Returns the work calendars that expressions name, noting those that cannot be had where they
    /// are named.
    func calendars(named names: [Placed<String>]) -> [String: WorkCalendar] {
        var result: [String: WorkCalendar] = [:]
        var tried: Set<String> = []
        for name in names where tried.insert(name.value).inserted {
            guard CharacterRules.isID(name.value) else {
                problems.add(name.spot, "\(values.shown(name.value)) is no id of a calendar")
                continue
            }
            result[name.value] = calendar([name])
        }
        return result
    }

    /// Returns the zones that expressions name, noting those that cannot be had where they are
    /// named; UTC needs no file.
    func zones(named names: [Placed<String>]) -> [String: Zone] {
        var result: [String: Zone] = [:]
        var tried: Set<String> = ["UTC"]
        for name in names where tried.insert(name.value).inserted {
            do throws(ZoneProblem) {
                result[name.value] = try load(name.value)
            } catch {
                let shown = values.shown(name.value)
                problems.add(name.spot, "zone \(shown): \(error.message)")
            }
        }
        return result
    }
}
