/// A table's columns in their one order, and the statements that follow from it.
///
/// Reading and writing go by position: `Cells` and `Values` take the columns in this order.
struct Relation: Sendable {
    /// The table.
    let name: String
    /// `SELECT` of all columns, up to the table's name.
    let select: String
    /// Inserts a row; a second one of the same key fails.
    let insert: String
    /// Inserts a row or replaces the one of the same key.
    let upsert: String
    /// `UPDATE` of all columns; the caller adds the `WHERE`.
    let update: String

    /// Makes a relation.
    ///
    /// - Parameters:
    ///   - name: The table.
    ///   - key: The columns of its primary key.
    ///   - columns: All columns. One that ends in `*` holds free text, which may contain NUL: it
    ///     travels as a blob, since GRDB hands text over as a C string and would cut it there.
    init(_ name: String, key: [String], columns: [String]) {
        let plain = columns.map { $0.hasSuffix("*") ? String($0.dropLast()) : $0 }
        let read = zip(columns, plain).map { $0 == $1 ? $0 : "CAST(\($1) AS BLOB) AS \($1)" }
        let marks = zip(columns, plain).map { $0 == $1 ? "?" : "CAST(? AS TEXT)" }
        let settings = zip(plain, marks).map { "\($0) = \($1)" }
        let replacements = plain.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
        self.name = name
        select = "SELECT \(read.joined(separator: ", ")) FROM \(name)"
        insert =
            "INSERT INTO \(name) (\(plain.joined(separator: ", "))) "
            + "VALUES (\(marks.joined(separator: ", ")))"
        upsert =
            insert + " ON CONFLICT (\(key.joined(separator: ", "))) "
            + "DO UPDATE SET \(replacements.joined(separator: ", "))"
        update = "UPDATE \(name) SET \(settings.joined(separator: ", "))"
    }
}
