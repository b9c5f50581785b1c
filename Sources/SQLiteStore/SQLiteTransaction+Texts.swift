import CivilTime
import GRDB
import Ledger
import Supervision

extension SQLiteTransaction {
    func note(_ digest: Digest) throws -> Note? {
        let sql = Relation.note.select + " WHERE digest = ? AND text IS NOT NULL"
        return try row(sql, [digest.description.databaseValue], .note) { try Note(&$0) }
    }

    func put(_ note: Note) throws {
        try run(Relation.note.upsert, Values(note).list)
    }

    func notes(after digest: Digest?, limit: Int) throws -> [Note] {
        let sql = Relation.note.select + " WHERE digest > ? ORDER BY digest LIMIT ?"
        let after = digest?.description ?? ""
        return try rows(sql, [after.databaseValue, limit.limit], .note) { try Note(&$0) }
    }

    func planText(_ digest: Digest) throws -> String? {
        let sql = Relation.planText.select + " WHERE digest = ?"
        return try row(sql, [digest.description.databaseValue], .planText) { cells in
            _ = try cells.text()
            return try cells.freeText()
        }
    }

    func put(planText: String, digest: Digest) throws {
        var values = Values()
        values.put(value: digest)
        values.put(free: planText)
        try run(Relation.planText.upsert, values.list)
    }

    func setting(_ name: String) throws -> String? {
        let sql = Relation.setting.select + " WHERE name = ?"
        return try row(sql, [name.databaseValue], .setting) { cells in
            _ = try cells.text()
            return try cells.freeText()
        }
    }

    func put(setting name: String, value: String) throws {
        var values = Values()
        values.put(name)
        values.put(free: value)
        try run(Relation.setting.upsert, values.list)
    }
}
