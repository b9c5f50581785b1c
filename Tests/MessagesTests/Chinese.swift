import Messages
import Testing

/// Expects that no English word stands in Chinese lines, apart from names that are the same in
/// every language.
func expectChinese(
    _ lines: [String],
    apartFrom names: [String] = [],
    location: SourceLocation = #_sourceLocation
) {
    for line in lines {
        var rest = line
        for name in names { rest = rest.split(separator: name).joined(separator: " ") }
        let words = rest.split { !($0.isASCII && $0.isLetter) }.filter { $0.count > 1 }
        #expect(words.isEmpty, "\(words) in \(line)", sourceLocation: location)
    }
}

/// Expects that the first columns of a table's lines begin at the same places on a terminal.
func expectAligned(
    _ lines: some Sequence<String>,
    columns: Int,
    location: SourceLocation = #_sourceLocation
) {
    let places = lines.map { line in starts(line).prefix(columns) }
    for place in places.dropFirst() {
        let same = place.allSatisfy { places[0].contains($0) }
        #expect(same, "columns begin at \(place), not at \(places[0])", sourceLocation: location)
    }
}

/// Where the words of a line begin on a terminal.
private func starts(_ line: String) -> [Int] {
    var starts: [Int] = []
    var column = 0
    var before: Character = " "
    for character in line {
        if before == " ", character != " " { starts.append(column) }
        column += DisplayWidth.of(String(character))
        before = character
    }
    return starts
}
