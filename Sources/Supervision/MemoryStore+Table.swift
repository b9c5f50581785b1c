/// Text that is compared byte by byte, as a database does; `String` takes canonically equal texts
/// for the same.
struct TextKey: Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: TextKey, right: TextKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: TextKey, right: TextKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}

/// A set in ascending order.
///
/// An insertion at the end costs no more than an array's.
struct SortedSet<Element: Comparable> {
    private(set) var elements: [Element] = []

    var first: Element? { elements.first }
    var last: Element? { elements.last }
    var count: Int { elements.count }

    /// Returns the position of the first element that is not before the given one.
    func position(of element: Element) -> Int {
        if let last = elements.last, last < element { return elements.count }
        var low = 0
        var high = elements.count
        while low < high {
            let middle = low + (high - low) / 2
            if elements[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func insert(_ element: Element) {
        let index = position(of: element)
        if index < elements.count, elements[index] == element { return }
        elements.insert(element, at: index)
    }

    mutating func remove(_ element: Element) {
        let index = position(of: element)
        guard index < elements.count, elements[index] == element else { return }
        elements.remove(at: index)
    }

    /// Removes one element and inserts another; nil is none.
    mutating func move(_ old: Element?, _ new: Element?) {
        guard old != new else { return }
        if let old { remove(old) }
        if let new { insert(new) }
    }

    /// Returns the elements from one on.
    func from(_ element: Element) -> ArraySlice<Element> {
        elements[position(of: element)...]
    }

    /// Returns the elements after one.
    func after(_ element: Element) -> ArraySlice<Element> {
        let rest = from(element)
        return rest.first == element ? rest.dropFirst() : rest
    }
}

/// Rows by key, and the keys in ascending order.
struct SortedTable<Key: Hashable & Comparable, Row> {
    private(set) var keys = SortedSet<Key>()
    private var rows: [Key: Row] = [:]

    var count: Int { keys.count }

    subscript(key: Key) -> Row? {
        get { rows[key] }
        set {
            let isNew = rows[key] == nil
            rows[key] = newValue
            if newValue == nil { keys.remove(key) } else if isNew { keys.insert(key) }
        }
    }

    /// Returns the first rows of these keys that fit.
    func rows(
        _ keys: ArraySlice<Key>,
        limit: Int,
        where fits: (Row) -> Bool = { _ in true }
    ) -> [Row] {
        var found: [Row] = []
        for key in keys {
            if found.count >= limit { break }
            if let row = rows[key], fits(row) { found.append(row) }
        }
        return found
    }
}
