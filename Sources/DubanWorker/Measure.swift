import Varlink

/// One item of performance data: `'label'=value[unit];[warn];[crit];[min];[max]`.
struct Measure: Codable, Hashable, Sendable {
    var label: String
    /// A number; absent where the plugin says `U`, "not known".
    var value: JSON?
    var unit: String?
    /// The warning range as it was written.
    var warn: String?
    /// The critical range as it was written.
    var crit: String?

    /// How many items of one output are kept.
    static let limit = 100

    /// Returns the items of a text; what is not one is left out.
    static func list(_ text: Substring) -> [Measure] {
        var rest = text
        var measures: [Measure] = []
        while measures.count < limit {
            rest = rest.drop(while: \.isWhitespace)
            if rest.isEmpty { break }
            if let measure = next(&rest) { measures.append(measure) }
        }
        return measures
    }

    private static func next(_ rest: inout Substring) -> Measure? {
        let label = takeLabel(&rest)
        let word = rest.prefix { !$0.isWhitespace }
        rest = rest[word.endIndex...]
        guard let label, !label.isEmpty, word.first == "=" else { return nil }
        let fields = word.dropFirst().split(separator: ";", omittingEmptySubsequences: false)
        let number = fields[0].prefix { $0.isNumber || "+-.".contains($0) }
        let unit = fields[0].dropFirst(number.count)
        guard let value = JSON(plainNumber: number) else {
            return fields[0] == "U" ? Measure(label: label) : nil
        }
        return Measure(
            label: label,
            value: value,
            unit: unit.isEmpty ? nil : String(unit),
            warn: field(1, of: fields),
            crit: field(2, of: fields)
        )
    }

    /// Takes a label up to its `=`; in quotes it may hold anything, a quote itself twice.
    private static func takeLabel(_ rest: inout Substring) -> String? {
        guard rest.first == "'" else {
            let label = rest.prefix { $0 != "=" && !$0.isWhitespace }
            rest = rest[label.endIndex...]
            return String(label)
        }
        var label = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            if character != "'" {
                label.append(character)
            } else if rest.first == "'" {
                label.append("'")
                rest.removeFirst()
            } else {
                return label
            }
        }
        return nil
    }

    private static func field(_ index: Int, of fields: [Substring]) -> String? {
        guard index < fields.count, !fields[index].isEmpty else { return nil }
        return String(fields[index])
    }
}

extension JSON {
    /// Makes a number from a plain decimal text, and nothing from any other.
    fileprivate init?(plainNumber text: Substring) {
        if let whole = Int64(text) {
            self = .int(whole)
        } else if let value = Double(text), value.isFinite {
            self = .double(value)
        } else {
            return nil
        }
    }
}
