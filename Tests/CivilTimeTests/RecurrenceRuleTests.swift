import CivilTime
import Testing

@Suite struct RecurrenceRuleTests {
    /// The examples of RFC 5545, section 3.8.5.3: DTSTART, RRULE, and the first five instances.
    ///
    /// It is 09:00 where no time is given. Python's dateutil gives the same.
    private static let examples: [(start: String, rule: String, instances: String)] = [
        (
            "19970902T090000", "FREQ=DAILY;COUNT=10",
            "1997-09-02, 1997-09-03, 1997-09-04, 1997-09-05, 1997-09-06"
        ),
        (
            "19970902T090000", "FREQ=DAILY;UNTIL=19971224T000000",
            "1997-09-02, 1997-09-03, 1997-09-04, 1997-09-05, 1997-09-06"
        ),
        (
            "19970902T090000", "FREQ=DAILY;INTERVAL=2",
            "1997-09-02, 1997-09-04, 1997-09-06, 1997-09-08, 1997-09-10"
        ),
        (
            "19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=5",
            "1997-09-02, 1997-09-12, 1997-09-22, 1997-10-02, 1997-10-12"
        ),
        (
            "19980101T090000",
            "FREQ=YEARLY;UNTIL=20000131T140000;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "1998-01-01, 1998-01-02, 1998-01-03, 1998-01-04, 1998-01-05"
        ),
        (
            "19980101T090000", "FREQ=DAILY;UNTIL=20000131T140000;BYMONTH=1",
            "1998-01-01, 1998-01-02, 1998-01-03, 1998-01-04, 1998-01-05"
        ),
        (
            "19970902T090000", "FREQ=WEEKLY;COUNT=10",
            "1997-09-02, 1997-09-09, 1997-09-16, 1997-09-23, 1997-09-30"
        ),
        (
            "19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
            "1997-09-02, 1997-09-16, 1997-09-30, 1997-10-14, 1997-10-28"
        ),
        (
            "19970902T090000", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            "1997-09-02, 1997-09-04, 1997-09-09, 1997-09-11, 1997-09-16"
        ),
        (
            "19970901T090000",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000;WKST=SU;BYDAY=MO,WE,FR",
            "1997-09-01, 1997-09-03, 1997-09-05, 1997-09-15, 1997-09-17"
        ),
        (
            "19970902T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "1997-09-02, 1997-09-04, 1997-09-16, 1997-09-18, 1997-09-30"
        ),
        (
            "19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            "1997-09-05, 1997-10-03, 1997-11-07, 1997-12-05, 1998-01-02"
        ),
        (
            "19970905T090000", "FREQ=MONTHLY;UNTIL=19971224T000000;BYDAY=1FR",
            "1997-09-05, 1997-10-03, 1997-11-07, 1997-12-05"
        ),
        (
            "19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997-09-07, 1997-09-28, 1997-11-02, 1997-11-30, 1998-01-04"
        ),
        (
            "19970922T090000", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            "1997-09-22, 1997-10-20, 1997-11-17, 1997-12-22, 1998-01-19"
        ),
        (
            "19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3",
            "1997-09-28, 1997-10-29, 1997-11-28, 1997-12-29, 1998-01-29"
        ),
        (
            "19970902T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            "1997-09-02, 1997-09-15, 1997-10-02, 1997-10-15, 1997-11-02"
        ),
        (
            "19970930T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            "1997-09-30, 1997-10-01, 1997-10-31, 1997-11-01, 1997-11-30"
        ),
        (
            "19970910T090000", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10, 1997-09-11, 1997-09-12, 1997-09-13, 1997-09-14"
        ),
        (
            "19970902T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
            "1997-09-02, 1997-09-09, 1997-09-16, 1997-09-23, 1997-09-30"
        ),
        (
            "19970610T090000", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
            "1997-06-10, 1997-07-10, 1998-06-10, 1998-07-10, 1999-06-10"
        ),
        (
            "19970310T090000", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            "1997-03-10, 1999-01-10, 1999-02-10, 1999-03-10, 2001-01-10"
        ),
        (
            "19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            "1997-01-01, 1997-04-10, 1997-07-19, 2000-01-01, 2000-04-09"
        ),
        (
            "19970519T090000", "FREQ=YEARLY;BYDAY=20MO",
            "1997-05-19, 1998-05-18, 1999-05-17, 2000-05-15, 2001-05-14"
        ),
        (
            "19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "1997-05-12, 1998-05-11, 1999-05-17, 2000-05-15, 2001-05-14"
        ),
        (
            "19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
            "1997-03-13, 1997-03-20, 1997-03-27, 1998-03-05, 1998-03-12"
        ),
        (
            "19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            "1997-06-05, 1997-06-12, 1997-06-19, 1997-06-26, 1997-07-03"
        ),
        (
            "19970902T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "1998-02-13, 1998-03-13, 1998-11-13, 1999-08-13, 2000-10-13"
        ),
        (
            "19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "1997-09-13, 1997-10-11, 1997-11-08, 1997-12-13, 1998-01-10"
        ),
        (
            "19961105T090000",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05, 2000-11-07, 2004-11-02, 2008-11-04, 2012-11-06"
        ),
        (
            "19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            "1997-09-04, 1997-10-07, 1997-11-06"
        ),
        (
            "19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997-09-29, 1997-10-30, 1997-11-27, 1997-12-30, 1998-01-29"
        ),
        (
            "19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000",
            "1997-09-02, 1997-09-02 12:00, 1997-09-02 15:00"
        ),
        (
            "19970902T090000", "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
            "1997-09-02, 1997-09-02 09:15, 1997-09-02 09:30, 1997-09-02 09:45, 1997-09-02 10:00"
        ),
        (
            "19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
            "1997-09-02, 1997-09-02 10:30, 1997-09-02 12:00, 1997-09-02 13:30"
        ),
        (
            "19970902T090000", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
            "1997-09-02, 1997-09-02 09:20, 1997-09-02 09:40, 1997-09-02 10:00, 1997-09-02 10:20"
        ),
        (
            "19970902T090000", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
            "1997-09-02, 1997-09-02 09:20, 1997-09-02 09:40, 1997-09-02 10:00, 1997-09-02 10:20"
        ),
        (
            "19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05, 1997-08-10, 1997-08-19, 1997-08-24"
        ),
        (
            "19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05, 1997-08-17, 1997-08-19, 1997-08-31"
        ),
        (
            "20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "2007-01-15, 2007-01-30, 2007-02-15, 2007-03-15, 2007-03-30"
        ),
    ]

    /// The first instances, in the form of ``examples``.
    private func instances(_ rule: RecurrenceRule, _ count: Int, in zone: Zone = .utc) -> String {
        var from = CivilDateTime(date: CivilDate(dayNumber: 0), time: .midnight)
        var texts: [String] = []
        while texts.count < count, let found = rule.first(from: from, in: zone) {
            let text = found.description
            texts.append(String(text.hasSuffix(" 09:00:00") ? text.prefix(10) : text.prefix(16)))
            from = Zone.utc.local(Zone.utc.instant(found) + .seconds(1))
        }
        return texts.joined(separator: ", ")
    }

    @Test func `the examples of RFC 5545 have their instances`() throws {
        for example in RecurrenceRuleTests.examples {
            let rule = try RecurrenceRule("DTSTART:\(example.start) RRULE:\(example.rule)")
            #expect(instances(rule, 5) == example.instances, "\(rule)")
            #expect(try RecurrenceRule(rule.description) == rule, "\(rule)")
        }
    }

    @Test(arguments: [
        (
            "dtstart;tzid=Europe/Berlin:20260105t090000\r\nrrule:byday=mo;freq=weekly;interval=1",
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=WEEKLY;BYDAY=MO"
        ),
        (
            "DTSTART:20260105T090000Z RRULE:FREQ=DAILY;UNTIL=20260201T000000Z",
            "DTSTART:20260105T090000Z RRULE:FREQ=DAILY;UNTIL=20260201T000000Z"
        ),
        (
            "DTSTART;TZID=UTC:20260105T090000 RRULE:FREQ=DAILY",
            "DTSTART:20260105T090000Z RRULE:FREQ=DAILY"
        ),
        (
            "DTSTART;VALUE=DATE:20260105 RRULE:FREQ=YEARLY;UNTIL=20300105",
            "DTSTART:20260105T000000 RRULE:FREQ=YEARLY;UNTIL=20300105T000000"
        ),
        (
            "DTSTART:20260105T090000 RDATE:20260107T090000,20260106T090000,20260107T090000",
            "DTSTART:20260105T090000 RDATE:20260106T090000,20260107T090000"
        ),
        (
            """
            DTSTART;TZID=Asia/Shanghai:20260105T090000
            RRULE:FREQ=MONTHLY;BYDAY=-1FR,+2MO,WE;BYMONTHDAY=-1,31,1;WKST=SU;UNTIL=20271231T160000Z
            EXDATE;TZID=Asia/Shanghai:20260107T090000
            EXDATE:20260108T090000
            """,
            "DTSTART;TZID=Asia/Shanghai:20260105T090000 RRULE:FREQ=MONTHLY;UNTIL=20271231T160000Z;"
                + "BYDAY=-1FR,WE,2MO;BYMONTHDAY=1,31,-1;WKST=SU "
                + "EXDATE;TZID=Asia/Shanghai:20260107T090000,20260108T090000"
        ),
    ])
    func `a recurrence has one normal form`(text: String, normal: String) throws {
        let rule = try RecurrenceRule(text)
        #expect(rule.description == normal)
        #expect(try RecurrenceRule(normal) == rule)
    }

    private static let refused: [(text: String, column: Int, hint: String)] = [
        ("", 1, "begins with DTSTART"),
        ("RRULE:FREQ=DAILY", 1, "DTSTART comes before"),
        ("DTSTART:20260230T090000 RRULE:FREQ=DAILY", 9, "a day such as"),
        ("DTSTART:20260105T240000 RRULE:FREQ=DAILY", 18, "a time such as"),
        ("DTSTART:19690105T000000 RRULE:FREQ=DAILY", 9, "1970..2199"),
        ("DTSTART;TZID=EST5:20260105T090000Z RRULE:FREQ=DAILY", 19, "has no “Z”"),
        ("DTSTART;TZID=../x:20260105T090000 RRULE:FREQ=DAILY", 14, "no zone"),
        ("DTSTART:20260105T090000 RRULE:INTERVAL=2", 25, "needs a FREQ"),
        ("DTSTART:20260105T090000 RRULE:FREQ=OFTEN", 36, "FREQ is one of"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;INTERVAL=0", 51, "INTERVAL is 1 to"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;COUNT=100001", 48, "COUNT is 1 to 100000"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;BYHOUR=24", 49, "BYHOUR is 0 to 23"),
        ("DTSTART:20260105T090000 RRULE:FREQ=MINUTELY;BYSECOND=60", 54, "BYSECOND is 0 to 59"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;FREQ=DAILY", 42, "FREQ comes once"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;SKIP=OMIT", 42, "no part"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101T000000", 50, "exclude"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20270101T000000Z", 48, "20261231T235959"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20250101T000000", 42, "UNTIL"),
        ("DTSTART:20260105T090000Z RRULE:FREQ=DAILY;UNTIL=20270101", 49, "in UTC"),
        ("DTSTART:20260105 RRULE:FREQ=DAILY;BYHOUR=3", 35, "without a time"),
        ("DTSTART:20260105T090000 RRULE:FREQ=MONTHLY;BYWEEKNO=3", 44, "YEARLY only"),
        ("DTSTART:20260105T090000 RRULE:FREQ=MONTHLY;BYYEARDAY=3", 44, "BYYEARDAY does not go"),
        ("DTSTART:20260105T090000 RRULE:FREQ=WEEKLY;BYMONTHDAY=3", 43, "BYMONTHDAY does not go"),
        ("DTSTART:20260105T090000 RRULE:FREQ=WEEKLY;BYDAY=2MO", 43, "a number before a weekday"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;BYSETPOS=1", 42, "needs another part"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;BYDAY=MI", 48, "two letters"),
        ("DTSTART:20260105T090000 EXRULE:FREQ=DAILY", 25, "“EXRULE” is none"),
        ("DTSTART:20260105T090000 DTSTART:20260105T090000", 25, "DTSTART comes once"),
        (
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RDATE;TZID=Asia/Shanghai:20260106T090000",
            55, "another zone"
        ),
        ("DTSTART:20260105T090000 RDATE:20260106T090000Z", 31, "another form"),
        ("DTSTART:20260105T090000 RDATE:20260106", 31, "another form"),
        ("DTSTART:20260105T090000 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 53, "BYMONTHDAY"),
        ("DTSTART:20260105T090000 RRULE:FREQ=MONTHLY;BYDAY=6MO", 44, "BYDAY"),
        ("DTSTART:20260105T090000 RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", 53, "BYSETPOS"),
        ("DTSTART:20260105T090000 RRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=2", 43, "BYYEARDAY"),
        ("DTSTART:20260105T090000 RRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=4", 54, "BYHOUR"),
        ("DTSTART:20260105T090000 RRULE:FREQ=SECONDLY;INTERVAL=90;BYSECOND=7", 57, "BYSECOND"),
        ("DTSTART:20260105T090000 EXDATE:20260105T090000", 25, "EXDATE names all"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY;COUNT=1 EXDATE:20260105T090000", 50, "EXDATE"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY x", 42, "“X” is none"),
        ("DTSTART;TZID=Zürich:20260105T090000 RDATE;Q=1:1", 14, "no zone"),
    ]

    @Test func `what cannot be read or never elapses is refused with its column`() {
        for row in RecurrenceRuleTests.refused {
            do {
                let rule = try RecurrenceRule(row.text)
                Issue.record("“\(row.text)” was read as \(rule)")
            } catch {
                #expect(error.column == row.column, "“\(row.text)” \(error)")
                #expect(error.message.contains(row.hint), "“\(row.text)” \(error)")
            }
        }
    }

    @Test func `added and excluded dates join the rule`() throws {
        let text = "DTSTART:20260105T090000 RRULE:FREQ=WEEKLY;COUNT=3 "
        let rule = try RecurrenceRule(
            text + "RDATE:20260106T090000,20251231T090000 EXDATE:20260112T090000"
        )
        #expect(instances(rule, 9) == "2025-12-31, 2026-01-05, 2026-01-06, 2026-01-19")
        let excluded = try local("2026-01-12 09:00")
        #expect(rule.firstNominal(from: try local("2026-01-07 00:00"), in: .utc) == excluded)
        #expect(rule.isExcluded(excluded))
    }

    @Test func `without a rule DTSTART is an instance, with one only if the rule takes it`() throws
    {
        let single = try RecurrenceRule("DTSTART:20260105T090000")
        #expect(instances(single, 3) == "2026-01-05")
        let ruled = try RecurrenceRule("DTSTART:20260106T090000 RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")
        #expect(instances(ruled, 3) == "2026-01-12, 2026-01-19")
    }

    @Test func `an end in UTC is compared in the zone of the start`() throws {
        let text = "DTSTART;TZID=Asia/Shanghai:20260105T090000 RRULE:FREQ=DAILY;UNTIL="
        let shanghai = try zone("Asia/Shanghai")
        let before = try RecurrenceRule(text + "20260107T005959Z")
        #expect(instances(before, 9, in: shanghai) == "2026-01-05, 2026-01-06")
        let at = try RecurrenceRule(text + "20260107T010000Z")
        #expect(instances(at, 9, in: shanghai) == "2026-01-05, 2026-01-06, 2026-01-07")
    }

    @Test func `places in a week count from the week's first day, though it lies before the start`()
        throws
    {
        // dateutil 2.9 counts the first week from DTSTART on, which the RFC does not say.
        let rule = try RecurrenceRule(
            "DTSTART:20110224T090000 RRULE:FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=2"
        )
        #expect(instances(rule, 2) == "2011-02-24, 2011-03-03")
    }

    @Test(arguments: [
        (
            "20260105T090000",
            "FREQ=SECONDLY;INTERVAL=7;BYHOUR=3;BYMINUTE=0;BYSECOND=0;BYMONTH=2;BYMONTHDAY=29"
        ),
        ("20260105T090000", "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=3;BYMINUTE=7"),
        ("19700101T000000", "FREQ=DAILY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29"),
        ("20260105T090000", "FREQ=SECONDLY;COUNT=100000;BYSECOND=0"),
        (
            "20260105T000000",
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20"
        ),
        ("20260105T000000", "FREQ=YEARLY;INTERVAL=150"),
    ])
    func `rare instances are found by jumps`(start: String, rule: String) throws {
        let clock = ContinuousClock()
        let took = try clock.measure {
            let read = try RecurrenceRule("DTSTART:\(start) RRULE:\(rule)")
            _ = instances(read, 3)
        }
        // A walk by seconds would take minutes; the bound leaves room for a busy machine.
        #expect(took < .seconds(5), "\(rule) took \(took)")
    }
}
