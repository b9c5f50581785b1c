/// Which occurrence of a schedule a slot is.
///
/// It is the nominal local time, with the fold where clocks show that time twice, and never the UTC
/// instant: new zone rules or a new work calendar move an occurrence, and its identity stays.
public struct SlotID: Hashable, Sendable {
    private enum Form: Hashable {
        case nominal(reading: Int64, fold: Int)
        case named(String)
    }

    private let form: Form

    /// Takes a text that a slot of a calendar expression gave.
    public init(text: String) {
        let isFold = text.hasSuffix(" fold 1")
        let rest = isFold ? String(text.dropLast(7)) : text
        // Only texts that a nominal time prints itself, so that the text stays as it was.
        if let nominal = CivilDateTime(rest), nominal.description == rest {
            form = .nominal(reading: nominal.reading, fold: isFold ? 1 : 0)
        } else {
            form = .named(text)
        }
    }

    /// Names a slot by its nominal local time.
    public init(nominal: CivilDateTime, fold: Int = 0) {
        form = .nominal(reading: nominal.reading, fold: fold)
    }

    /// The text form, `2020-10-10 18:00:00`, `2025-10-26 02:30:00 fold 1`, for working days that are
    /// counted in a period `2020-10 wd3 10:00:00`, for exact intervals `2020-10-10T10:00:00Z`.
    public var text: String {
        switch form {
        case .named(let text): return text
        case .nominal(let reading, let fold):
            let nominal = CivilDateTime(reading: reading)
            return fold == 0 ? "\(nominal)" : "\(nominal) fold \(fold)"
        }
    }
}

extension SlotID: CustomStringConvertible {
    /// The text form.
    public var description: String { text }
}
