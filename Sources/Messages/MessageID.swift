/// The identities of journal messages, one for each event type and constant for ever
/// (systemd.journal-fields(7), `MESSAGE_ID=`).
public enum MessageID {
    /// The identities by the action of a ledger entry, each 128 random bits in hexadecimal.
    public static let byAction: [String: String] = [
        // The ledger was started.
        "genesis": "9165f6ec61a049efa6b9accc5940f97b",
        // A plan was adopted.
        "adopt": "f2f80a5766d647f6bd2024df2715f055",
        // A duty was opened.
        "open": "78159980ea8742a4bcbffbc7b641c461",
        // Slots of a schedule passed without a duty.
        "pass": "44f6b80209af42eab9c9500244ec800e",
        // A changed plan was adopted.
        "revise": "f6114eb55ab64f3597f12335069034b6",
        // A schedule was paused.
        "pause": "9106c589ce3c421ba340bc91bb4d0c72",
        // A pause was ended before its time.
        "resume": "1fc2b866478c409e9e71b0717fd75493",
        // Past slots were run later.
        "backfill": "4fea4f04b3a141128e4c33e6a4723111",
        // New zone or calendar data moved dates.
        "recalendar": "3a07d48cb7034077bfefcd4c1a9f5753",
        // An hour of service.
        "tick": "8f4188e764194e8fb55c8388d3944424",
        // Somebody was reminded.
        "remind": "6034cad0e56e49fab0a9107e907391da",
        // A duty was submitted.
        "submit": "1ba1e8e96faa45fca67dd9a42205257e",
        // A submission was accepted.
        "accept": "aa16310dbb2c4fb7a73a8d96e04dd1c1",
        // A submission was returned.
        "return": "82f3ec1bd9744e4fb7ebdbef2777f1a3",
        // A superior urged.
        "urge": "659e5559a10941aba304dfc198da97ac",
        // A duty was settled.
        "settle": "04e93a886abd45b184e6ee6832b67ee5",
        // A duty became moot.
        "moot": "0c16063b63d64fc7958ff480465035a8",
        // Nobody above is left to act.
        "unattended": "d4880fd74d5e4630b632611b8b3b0f23",
        // A check made a finding.
        "find": "ebdee54c8fc34e90abf50e4e9de268ca",
        // A job of a duty ended.
        "finish": "637d8b0941054f0ab290ca134cada590",
    ]
}
