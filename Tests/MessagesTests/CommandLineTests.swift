import CivilTime
import Messages
import Testing

@Test(
    arguments: [
        ("2019-01-01", "2019-01-01T00:00:00+08:00"),
        ("2019-01-01 09:00", "2019-01-01T09:00:00+08:00"),
        ("2019-01-01 09:00:05", "2019-01-01T09:00:05+08:00"),
        ("2019-01-01T09:00:00Z", "2019-01-01T17:00:00+08:00"),
        ("2019-01-01T09:00:00+09:30", "2019-01-01T07:30:00+08:00"),
        ("2019-01-01T09:00:00-05:00", "2019-01-01T22:00:00+08:00"),
        ("@1546304400", "2019-01-01T09:00:00+08:00"),
        ("@1546304400.5", "2019-01-01T09:00:00.5+08:00"), ("@-0.5", "1970-01-01T07:59:59.5+08:00"),
        ("@", nil), ("@1.", nil), ("@1.0000001", nil), ("@1.-5", nil), ("@x", nil),
        ("@99999999999999999999", nil), ("2019-02-29", nil), ("tomorrow", nil), ("", nil),
        ("2019-01-01T09:00:00+0930", nil),
        ("2019-01-01T09:00:00+25:00", nil), ("+08:00", nil),
    ] as [(String, String?)]
)
func `a time on the command line is read in the zone of the plan`(
    text: String,
    local: String?
) throws {
    let zone = try Fixture.shanghai()
    #expect(TimeArgument.instant(text, zone: zone).map { zone.rfc3339($0) } == local)
}

@Test(
    arguments: [
        ("", 4, []), ("abcd", 4, ["abcd"]), ("abcde", 4, ["abcd", "e"]), ("督办", 4, ["督", "办"]),
        ("a督办", 5, ["a督", "办"]), ("🙂🙂", 5, ["🙂", "🙂"]),
    ] as [(String, Int, [String])]
)
func `a long text is cut between characters`(text: String, limit: Int, pieces: [String]) {
    #expect(TextPieces.split(text, limit: limit) == pieces)
    #expect(TextPieces.split(text, limit: limit).joined() == text)
}

@Test(
    arguments: [
        (["status"], ["status"]), (["--json", "plan", "list"], ["plan", "list", "--json=auto"]),
        (["-j", "--lang", "zh", "show", "7"], ["show", "7", "-j", "--lang", "zh"]),
        (
            ["--address=unix:/x", "submit", "7", "--", "-x"],
            ["submit", "7", "--address=unix:/x", "--", "-x"]
        ),
        (["duties", "--json"], ["duties", "--json=auto"]), (["--help"], ["--help"]),
        (["duties", "--", "--json"], ["duties", "--", "--json"]), ([], []),
        (
            ["calendar", "-3wd of month cut-off", "-n", "2"],
            ["calendar", "-n", "2", "--", "-3wd of month cut-off"]
        ),
        (
            ["--json", "calendar", "-1d of Mon", "--", "-2d of Tue"],
            ["calendar", "--json=auto", "--", "-1d of Mon", "-2d of Tue"]
        ),
        (["calendar", "Mon"], ["calendar", "Mon"]), (["show", "-7 x"], ["show", "-7 x"]),
        (["--json=short", "jobs"], ["jobs", "--json=short"]), (["--lang"], ["--lang"]),
    ] as [([String], [String])]
)
func `options of all verbs may stand in front`(given: [String], read: [String]) {
    #expect(ArgumentOrder.arrange(given) == read)
}

@Test(arguments: [
    (
        ClientTrouble.notRunning(path: "/run/x", reason: "No such file or directory"), Int32(3),
        "/run/x"
    ),
    (.noPermission(path: "/run/x"), 3, "/run/x"), (.disconnected, 1, "history"),
    (.protocolViolation("a\nb"), 1, "a\\nb"),
])
func `trouble with the connection is one line`(trouble: ClientTrouble, code: Int32, part: String) {
    #expect(trouble.exitCode == code)
    for language in Language.allCases {
        let line = trouble.line(language)
        #expect(line.contains(part) && !line.contains("\n"))
    }
}

@Test(arguments: [
    ("a\u{1B}[2J", "a\\x1b[2J"), ("a\tb\r\n", "a\\tb\\r\\n"),
    ("\u{202E}x\u{2066}", "\\u202ex\\u2066"),
    ("督办", "督办"), ("\u{7F}\u{85}", "\\x7f\\x85"), ("", ""),
])
func `harmful characters are spelled out`(text: String, safe: String) {
    #expect(Escape.line(text) == safe)
}

@Test func `a cut text fits`() {
    for width in 1...12 {
        let text = DisplayWidth.cut("abc督办督办", to: width)
        #expect(DisplayWidth.of(text) <= width)
    }
    #expect(DisplayWidth.cut("督办", to: 4) == "督办")
    #expect(DisplayWidth.cut("督办处", to: 5) == "督办…")
}
