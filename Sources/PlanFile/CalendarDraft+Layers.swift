import CivilTime

extension CalendarDraft {
    /// Returns the layers: a notice for each year, years without one, then the revisions.
    func layers(_ id: String, _ from: CivilDate, _ through: CivilDate) -> [WorkCalendarLayer] {
        var layers: [WorkCalendarLayer] = []
        var next = from
        let years = notices.filter { $0.year != nil }.sorted { ($0.year ?? 0) < ($1.year ?? 0) }
        for notice in years {
            guard let year = notice.year, let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31), last >= from,
                first <= through
            else { continue }
            // The days that the first notice reaches back to are known by it, not always.
            let reachesBack = next.year == year - 1 && next.month == 12 && next == from
            let start = reachesBack ? from : max(first, from)
            if next < start {
                let range = next...start.adding(days: -1)
                layers.append(layer(id, range, Notice(), isRevision: false))
            }
            layers.append(layer(id, start...min(last, through), notice, isRevision: false))
            next = last.adding(days: 1)
        }
        if next <= through, next.year <= through.year {
            layers.append(layer(id, next...through, Notice(), isRevision: false))
        }
        for notice in notices where notice.year == nil {
            let days = notice.days.keys.sorted()
            guard let first = days.first, let last = days.last else { continue }
            layers.append(layer(id, first...last, notice, isRevision: true))
        }
        return layers
    }

    private func layer(
        _ id: String,
        _ range: ClosedRange<CivilDate>,
        _ notice: Notice,
        isRevision: Bool
    ) -> WorkCalendarLayer {
        WorkCalendarLayer(
            level: id,
            validFrom: range.lowerBound,
            validThrough: range.upperBound,
            published: notice.published,
            source: notice.source,
            isRevision: isRevision,
            days: notice.days
        )
    }
}
