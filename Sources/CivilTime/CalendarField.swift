/// One field of a calendar expression, such as `1..5,20/2`; an empty list means `*`.
///
/// The unit is 1 for all fields but seconds, which are kept in microseconds.
struct CalendarField: Hashable, Sendable {
    /// A value, a range, or the start of a repetition.
    struct Component: Hashable, Sendable {
        var start: Int
        var stop: Int?
        /// The distance of repetitions; 0 for a single value.
        var step: Int
    }

    var components: [Component]
    let unit: Int

    static let any = CalendarField(components: [], unit: 1)
    /// Seconds have no empty list: their `*` is every full second.
    static let everySecond = CalendarField(
        components: [Component(start: 0, stop: nil, step: 1_000_000)],
        unit: 1_000_000
    )

    init(components: [Component], unit: Int) {
        self.components = components
        self.unit = unit
    }

    /// A list of single values in the field's unit.
    init(_ values: Int..., unit: Int = 1) {
        self.init(
            components: values.map { Component(start: $0 * unit, stop: nil, step: 0) },
            unit: unit
        )
    }

    var isAny: Bool { components.isEmpty || self == CalendarField.everySecond }

    /// Whether the field's normal form has a `/`.
    var hasRepetition: Bool {
        components.contains { $0.step > 0 && !($0.stop != nil && $0.step == unit) }
    }

    /// The smallest matching value that is at least `value` and at most `last`.
    func next(from value: Int, through last: Int) -> Int? {
        guard !components.isEmpty else { return value <= last ? value : nil }
        var best: Int?
        for component in components {
            guard let candidate = component.next(from: value), candidate <= last else { continue }
            best = min(best ?? candidate, candidate)
        }
        return best
    }

    /// Brings the field to systemd's normal form: ranges end on a value that they reach, lists are
    /// sorted and name nothing twice.
    mutating func normalize() {
        for index in components.indices {
            let component = components[index]
            guard let stop = component.stop, stop >= component.start else { continue }
            let length = stop - component.start
            let excess = component.step > 0 ? length % component.step : 0
            components[index].stop = stop - excess
            if component.step > length - excess {
                components[index].step = 0
            }
            if excess == length {
                components[index].stop = nil
            }
        }
        components.sort { left, right in
            (left.start, left.stop ?? -1, left.step) < (right.start, right.stop ?? -1, right.step)
        }
        var unique: [Component] = []
        for component in components where component != unique.last {
            unique.append(component)
        }
        components = unique
    }

    /// Whether every component lies in the bounds and repeats at least once within them.
    func isValid(in bounds: ClosedRange<Int>, fromMonthEnd: Bool = false) -> Bool {
        components.allSatisfy { component in
            guard bounds.contains(component.start) else { return false }
            guard component.step <= bounds.upperBound - bounds.lowerBound else { return false }
            if let stop = component.stop {
                return bounds.contains(stop) && component.start + component.step <= stop
            }
            return fromMonthEnd
                ? component.start - component.step >= bounds.lowerBound
                : component.start + component.step <= bounds.upperBound
        }
    }

    /// The normal form, numbers filled with zeros to `width`.
    func text(width: Int) -> String {
        guard !isAny else { return "*" }
        let parts = components.map { component in
            var text = number(component.start, width: width)
            if let stop = component.stop {
                text += ".." + number(stop, width: width)
            }
            if component.step > 0, !(component.stop != nil && component.step == unit) {
                text += "/" + number(component.step, width: 1)
            }
            return text
        }
        return parts.joined(separator: ",")
    }

    private func number(_ value: Int, width: Int) -> String {
        let fraction = value % unit
        let whole = (value / unit).padded(to: width)
        return fraction == 0 ? whole : whole + "." + fraction.padded(to: 6)
    }
}

extension CalendarField.Component {
    func next(from value: Int) -> Int? {
        if start >= value { return start }
        guard step > 0 else { return nil }
        let candidate = start + (value - start + step - 1) / step * step
        if let stop, candidate > stop { return nil }
        return candidate
    }
}
