/// The tables of migration 0001.
///
/// Columns are the fields' names; instants end in `_micros`, digests are hexadecimal text, so that
/// a person with `sqlite3` can read a row.
enum Schema0001 {
    static let statements =
        accountability + history + [job, answer] + texts + ledger + indexes + triggers

    private static let accountability = [
        """
        CREATE TABLE programme (
            id TEXT NOT NULL PRIMARY KEY,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            name TEXT NOT NULL,
            adopted_micros INTEGER NOT NULL,
            timekeeping TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision > 0)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE schedule (
            id TEXT NOT NULL PRIMARY KEY,
            programme TEXT NOT NULL,
            item TEXT NOT NULL,
            role TEXT NOT NULL,
            activated_micros INTEGER NOT NULL,
            planned_through_micros INTEGER NOT NULL,
            next_micros INTEGER,
            planned_slot TEXT,
            pause_since_micros INTEGER,
            pause_until_micros INTEGER,
            pause_by TEXT,
            pause_note TEXT CHECK (length(pause_note) = 64),
            ended_micros INTEGER,
            revised_micros INTEGER,
            rezoned_micros INTEGER,
            CHECK ((pause_since_micros IS NULL) = (pause_until_micros IS NULL)),
            CHECK ((pause_since_micros IS NULL) = (pause_by IS NULL)),
            CHECK ((pause_since_micros IS NULL) = (pause_note IS NULL))
        ) STRICT, WITHOUT ROWID
        """,
        duty,
        """
        CREATE TABLE finding (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
            programme TEXT NOT NULL,
            item TEXT NOT NULL,
            schedule TEXT NOT NULL,
            duty INTEGER NOT NULL,
            job INTEGER NOT NULL,
            summary TEXT NOT NULL,
            found_micros INTEGER NOT NULL,
            rectify INTEGER
        ) STRICT
        """,
    ]

    private static let history = [
        """
        CREATE TABLE revision (
            programme TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision > 0),
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            name TEXT NOT NULL,
            adopted_micros INTEGER NOT NULL,
            PRIMARY KEY (programme, revision)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE passed (
            seq INTEGER NOT NULL CHECK (seq >= 0),
            part INTEGER NOT NULL CHECK (part >= 0),
            schedule TEXT NOT NULL,
            from_micros INTEGER NOT NULL,
            through_micros INTEGER NOT NULL,
            first_slot TEXT NOT NULL,
            last_slot TEXT NOT NULL,
            count INTEGER NOT NULL,
            cause TEXT NOT NULL
                CHECK (cause IN ('overlap', 'calendar', 'excluded', 'gap', 'gap-merged', 'paused',
                    'latest', 'none', 'window', 'revised')),
            PRIMARY KEY (seq, part)
        ) STRICT, WITHOUT ROWID
        """,
    ]

    private static let duty = """
        CREATE TABLE duty (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL
                CHECK (kind IN ('account', 'inspect', 'rectify', 'review', 'supervise')),
            state TEXT NOT NULL
                CHECK (state IN ('open', 'submitted', 'returned', 'accepted', 'moot')),
            programme TEXT NOT NULL,
            item TEXT NOT NULL,
            unit TEXT NOT NULL,
            obligor TEXT NOT NULL,
            person TEXT NOT NULL,
            superior TEXT,
            open_micros INTEGER NOT NULL,
            due_micros INTEGER NOT NULL,
            original_due_micros INTEGER NOT NULL,
            is_provisional INTEGER NOT NULL CHECK (is_provisional IN (0, 1)),
            term TEXT NOT NULL,
            period TEXT,
            schedule TEXT,
            subject INTEGER,
            root INTEGER NOT NULL,
            finding INTEGER,
            attempt INTEGER NOT NULL,
            cycle INTEGER NOT NULL,
            round INTEGER NOT NULL,
            escalate_micros INTEGER,
            follows_up INTEGER NOT NULL CHECK (follows_up IN (0, 1)),
            reached TEXT,
            is_unattended INTEGER NOT NULL CHECK (is_unattended IN (0, 1)),
            reminders_micros TEXT NOT NULL,
            reminders_fired INTEGER NOT NULL,
            submitted_micros INTEGER,
            submitted_by TEXT,
            note TEXT CHECK (length(note) = 64),
            settled_micros INTEGER,
            settled_by TEXT,
            settled_reason TEXT,
            wake_micros INTEGER
        ) STRICT
        """

    private static let job = """
        CREATE TABLE job (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
            queue TEXT NOT NULL,
            kind TEXT NOT NULL,
            label TEXT,
            state TEXT NOT NULL
                CHECK (state IN ('ready', 'leased', 'finished', 'quarantined', 'cancelled')),
            number INTEGER,
            attempt INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            ready_micros INTEGER NOT NULL,
            not_before_micros INTEGER NOT NULL,
            lease_id INTEGER NOT NULL,
            lease_session TEXT,
            lease_uid INTEGER CHECK (lease_uid BETWEEN 0 AND 4294967295),
            lease_boot_id TEXT,
            lease_expires_micros INTEGER,
            worker TEXT,
            session TEXT,
            ended_micros INTEGER,
            outcome TEXT
                CHECK (outcome IN ('ok', 'warning', 'critical', 'unknown', 'timeout', 'failed')),
            summary TEXT,
            input TEXT NOT NULL,
            output TEXT,
            origin TEXT NOT NULL CHECK (origin IN ('regular', 'catch-up', 'backfill')),
            after_job INTEGER,
            CHECK ((lease_session IS NULL) = (lease_uid IS NULL)),
            CHECK ((lease_session IS NULL) = (lease_boot_id IS NULL)),
            CHECK ((lease_session IS NULL) = (lease_expires_micros IS NULL)),
            CONSTRAINT leased_has_lease CHECK (state <> 'leased' OR lease_session IS NOT NULL)
        ) STRICT
        """

    private static let answer = """
        CREATE TABLE answer (
            uid INTEGER NOT NULL CHECK (uid BETWEEN 0 AND 4294967295),
            request_id TEXT NOT NULL,
            call TEXT NOT NULL CHECK (length(call) = 64),
            reply TEXT NOT NULL,
            at_micros INTEGER NOT NULL,
            PRIMARY KEY (uid, request_id)
        ) STRICT, WITHOUT ROWID
        """

    private static let texts = [
        """
        CREATE TABLE note (
            digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
            salt BLOB NOT NULL,
            text TEXT
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE plan_text (
            digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
            text TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE setting (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ]

    private static let ledger = [
        """
        CREATE TABLE leaf (
            seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 0),
            bytes BLOB NOT NULL,
            root INTEGER
        ) STRICT
        """,
        """
        CREATE TABLE checkpoint (
            size INTEGER NOT NULL PRIMARY KEY CHECK (size >= 0),
            root TEXT NOT NULL CHECK (length(root) = 64),
            note TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE tree_head (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            size INTEGER NOT NULL REFERENCES checkpoint (size),
            frontier TEXT NOT NULL
        ) STRICT
        """,
    ]
}
