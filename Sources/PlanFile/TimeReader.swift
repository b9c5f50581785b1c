import CivilTime

/// Finds the zone and the work calendar of a plan.
struct TimeReader {
    let calendarDirectories: [String]
    let zoneDirectory: String
    let hostZone: String
    let values: Values

    private var problems: Problems { values.problems }

    /// Returns zone and calendar, nil after noting what is wrong with either.
    func timekeeper(_ fields: Fields) -> Timekeeper? {
        let zone = zone(fields)
        let calendar = calendar(fields)
        guard let zone, let calendar else { return nil }
        return Timekeeper(zone: zone, calendar: calendar)
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
            throw ZoneProblem(message: error.message)
        }
    }

    private func calendar(_ fields: Fields) -> WorkCalendar? {
        guard let tree = fields["calendar"] else { return .mondayToFriday }
        guard let id = values.id(tree, "`calendar`") else { return nil }
        guard CharacterRules.isID(id.value) else { return nil }
        for directory in calendarDirectories {
            let path = "\(directory)/\(id.value).yaml"
            do throws(InputFile.Failure) {
                return try calendar(InputFile.text(path), path: path, id: id)
            } catch  where error.isMissing {
                continue
            } catch {
                problems.add(id.spot, "calendar \(path): \(error.message)")
                return nil
            }
        }
        let places = calendarDirectories.joined(separator: ", ")
        problems.add(
            id.spot,
            "no calendar \(values.shown(id.value)): no file \(id.value).yaml in \(places)"
        )
        return nil
    }

    private func calendar(_ text: String, path: String, id: Placed<String>) -> WorkCalendar? {
        do throws(PlanProblems) {
            let calendar = try CalendarReader().read(text, name: path)
            guard calendar.id == id.value else {
                let other = values.shown(calendar.id)
                problems.add(id.spot, "\(path) is the calendar \(other); name the file after it")
                return nil
            }
            return calendar
        } catch {
            problems.add(error)
            return nil
        }
    }
}
