/// What keeps the tables of migration 0001 fast and append-only.
extension Schema0001 {
    static let indexes = [
        "CREATE INDEX schedule_next ON schedule (next_micros, id) WHERE next_micros IS NOT NULL",
        "CREATE INDEX schedule_programme ON schedule (programme, id)",
        "CREATE INDEX passed_through ON passed (schedule, through_micros, seq, part)",
        "CREATE INDEX duty_wake ON duty (wake_micros, number) WHERE wake_micros IS NOT NULL",
        "CREATE INDEX duty_root ON duty (root)",
        """
        CREATE INDEX duty_unsettled ON duty (kind, schedule, finding, due_micros)
            WHERE state IN ('open', 'submitted', 'returned')
        """,
        """
        CREATE INDEX duty_number ON duty (number)
            WHERE state IN ('open', 'submitted', 'returned')
        """,
        """
        CREATE INDEX duty_programme ON duty (programme, number)
            WHERE state IN ('open', 'submitted', 'returned')
        """,
        """
        CREATE INDEX duty_schedule ON duty (schedule, number)
            WHERE kind IN ('account', 'inspect') AND finding IS NULL
        """,
        """
        CREATE INDEX job_ready ON job (queue, id)
            WHERE state = 'ready' AND after_job IS NULL AND origin <> 'catch-up'
        """,
        """
        CREATE INDEX job_paced ON job (queue, not_before_micros, label)
            WHERE state = 'ready' AND after_job IS NULL AND origin = 'catch-up'
        """,
        """
        CREATE INDEX job_waiting ON job (not_before_micros)
            WHERE state = 'ready' AND after_job IS NULL
        """,
        """
        CREATE INDEX job_catch_up ON job (not_before_micros)
            WHERE state = 'ready' AND origin = 'catch-up'
        """,
        """
        CREATE INDEX job_leased_catch_up ON job (origin)
            WHERE state = 'leased' AND origin = 'catch-up'
        """,
        """
        CREATE INDEX job_after ON job (after_job, id)
            WHERE after_job IS NOT NULL AND state IN ('ready', 'leased')
        """,
        "CREATE INDEX job_session ON job (lease_session, id) WHERE state = 'leased'",
        """
        CREATE INDEX job_expiry ON job (lease_boot_id, lease_expires_micros)
            WHERE state = 'leased'
        """,
        "CREATE INDEX job_open ON job (number, id) WHERE state IN ('ready', 'leased')",
        "CREATE INDEX job_unended ON job (id) WHERE state IN ('ready', 'leased')",
        "CREATE INDEX job_number ON job (number, id) WHERE number IS NOT NULL",
        "CREATE INDEX job_quarantined ON job (id) WHERE state = 'quarantined'",
        "CREATE INDEX answer_at ON answer (at_micros)",
        "CREATE INDEX leaf_root ON leaf (root, seq) WHERE root IS NOT NULL",
    ]

    static let triggers =
        ["leaf", "checkpoint"].flatMap { table in
            ["UPDATE", "DELETE"].map { verb in
                """
                CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table) BEGIN
                    SELECT RAISE(ABORT, '\(table) is append-only');
                END
                """
            }
        } + [
            """
            CREATE TRIGGER leaf_next BEFORE INSERT ON leaf
            WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM leaf) BEGIN
                SELECT RAISE(ABORT, 'the leaf is not the next one');
            END
            """,
            """
            CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
            WHEN NEW.size <= (SELECT max(size) FROM checkpoint) BEGIN
                SELECT RAISE(ABORT, 'the checkpoint is not larger than the last one');
            END
            """,
        ]
}
