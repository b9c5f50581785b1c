import GRDB

/// The numbered migrations; forward only, and none changes once it was released.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001_ground_floor") { database in
            for sql in Schema0001.statements { try database.execute(sql: sql) }
        }
        return migrator
    }
}
