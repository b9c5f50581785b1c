import Messages
import Testing

@Test(arguments: [
    ("", 0), ("abc", 3), ("督办", 4), ("D-0007（交账）", 6 + 8), ("e\u{301}", 1), ("🙂", 2),
    ("\u{200B}", 0),
    ("한글", 4), ("ー", 2), ("€", 1),
])
func `a text takes its columns`(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
}
