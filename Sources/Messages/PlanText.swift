public import DubanAPI

/// Plans on a terminal.
public enum PlanText {
    /// How much a plan holds.
    public struct Counts: Hashable, Sendable {
        /// The programme.
        public let programme: String
        /// Persons.
        public let persons: Int
        /// Organisational units.
        public let units: Int
        /// Projects.
        public let projects: Int
        /// Items that account in phases.
        public let routine: Int
        /// Items that are scheduled backwards from their end.
        public let key: Int
        /// Stages of all key items.
        public let stages: Int
        /// Checks that machines run.
        public let inspections: Int
        /// Schedules: accounts, stages, final dates and inspections.
        public let schedules: Int
        /// Units that lead an item.
        public let leadUnits: Int

        /// Makes counts.
        public init(
            programme: String,
            persons: Int,
            units: Int,
            leadUnits: Int,
            projects: Int,
            routine: Int,
            key: Int,
            stages: Int,
            inspections: Int,
            schedules: Int
        ) {
            self.programme = programme
            self.persons = persons
            self.units = units
            self.leadUnits = leadUnits
            self.projects = projects
            self.routine = routine
            self.key = key
            self.stages = stages
            self.inspections = inspections
            self.schedules = schedules
        }
    }

    /// Returns that a plan file is fit to be adopted, with what it holds.
    public static func checked(
        _ file: String,
        _ counts: Counts,
        _ language: Language
    ) -> String {
        let items = counts.routine + counts.key
        if language == .zh {
            return "\(file)：OK，方案 \(counts.programme)：\(counts.projects) 个项目，"
                + "\(items) 项内容（重点 \(counts.key)，常规 \(counts.routine)），"
                + "\(counts.stages) 个阶段，\(counts.units) 个单位（牵头单位 \(counts.leadUnits)），"
                + "\(counts.persons) 人，\(counts.schedules) 个日程（督查 \(counts.inspections)）"
        }
        return "\(file): OK, programme \(counts.programme): projects \(counts.projects), "
            + "items \(items) (key \(counts.key), routine \(counts.routine)), "
            + "stages \(counts.stages), units \(counts.units) (lead \(counts.leadUnits)), "
            + "persons \(counts.persons), "
            + "schedules \(counts.schedules) (inspections \(counts.inspections))"
    }

    /// Returns that a plan was adopted, or a changed one taken, on one line.
    public static func adopted(_ reply: PlanAPI.ApplyReply, _ rendering: Rendering) -> String {
        let (programme, seq) = (reply.programme, reply.seq)
        let date = rendering.moment(programme.revisedMicros, zone: programme.zone)
        guard programme.revision > 1 else {
            return rendering.pick(
                "programme \(programme.id) adopted at \(date): items \(programme.items), "
                    + "schedules \(programme.schedules); record #\(seq)",
                "方案 \(programme.id) 已于 \(date) 启用：\(programme.items) 项内容，"
                    + "\(programme.schedules) 个日程；记录 #\(seq)"
            )
        }
        return rendering.pick(
            "programme \(programme.id) revised at \(date), revision \(programme.revision): "
                + "schedules \(reply.added) added, \(reply.changed) changed, "
                + "\(reply.ended) ended; record #\(seq)",
            "方案 \(programme.id) 已于 \(date) 修订为第 \(programme.revision) 版："
                + "日程新增 \(reply.added) 个，变更 \(reply.changed) 个，结束 \(reply.ended) 个；"
                + "记录 #\(seq)"
        )
    }

    /// Returns a table of programmes and its closing line.
    public static func table(
        _ programmes: [PlanAPI.Programme],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("PROGRAMME", "方案")),
            Table.Column(rendering.pick("REVISION", "版次"), right: true),
            Table.Column(rendering.pick("SINCE", "施行时间")),
            Table.Column(rendering.pick("ZONE", "时区")),
            Table.Column(rendering.pick("UNITS", "单位"), right: true),
            Table.Column(rendering.pick("ITEMS", "内容"), right: true),
            Table.Column(rendering.pick("SCHEDULES", "日程"), right: true),
            Table.Column(rendering.pick("FILE", "文件")),
        ])
        for programme in programmes {
            table.add([
                programme.id,
                String(programme.revision),
                rendering.stamp(programme.revisedMicros, zone: programme.zone),
                programme.zone,
                String(programme.units),
                String(programme.items),
                String(programme.schedules),
                programme.name,
            ])
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        let count = programmes.count
        let word = count == 1 ? "programme" : "programmes"
        let closing = rendering.pick("\(count) \(word) adopted.", "共启用 \(count) 个方案。")
        return legend ? lines + ["", closing] : lines
    }

    /// Returns what an adopted programme is, a labelled line each.
    public static func lines(
        _ programme: PlanAPI.Programme,
        _ rendering: Rendering
    ) -> [String] {
        let adopted = rendering.moment(programme.adoptedMicros, zone: programme.zone)
        let revised = rendering.moment(programme.revisedMicros, zone: programme.zone)
        let revision = String(programme.revision)
        let rows = [
            (rendering.pick("Programme", "方案"), programme.id),
            (rendering.pick("File", "文件"), programme.name),
            (rendering.pick("Adopted", "启用时间"), adopted),
            (rendering.pick("Revision", "版次"), revision + rendering.comma + revised),
            (rendering.pick("Zone", "时区"), programme.zone),
            (rendering.pick("Calendar", "工作日历"), programme.calendar),
            (rendering.pick("Projects", "项目"), String(programme.projects)),
            (rendering.pick("Items", "内容"), String(programme.items)),
            (rendering.pick("Units", "单位"), String(programme.units)),
            (rendering.pick("Persons", "人员"), String(programme.persons)),
            (rendering.pick("Schedules", "日程"), String(programme.schedules)),
            (rendering.pick("Time data", "时间数据"), programme.timekeeping),
            (rendering.pick("Digest", "摘要值"), "sha256:" + programme.digest),
        ]
        return rendering.labelled(rows)
    }
}
