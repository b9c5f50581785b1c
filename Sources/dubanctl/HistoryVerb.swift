import ArgumentParser
import DubanAPI
import Messages
import Varlink

/// `dubanctl history`.
struct HistoryVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the records of a duty and its chain, or of everything."
    )

    @Argument(help: "The duty; without it, all records.")
    var number: NumberArgument?

    @Flag(name: .shortAndLong, help: "Stay, and show new records as they are made.")
    var follow = false

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        if follow {
            try await stay(session)
        } else if let number {
            try await past(session, of: number.value)
        } else {
            try await all(session)
        }
    }

    private func past(_ session: Session, of number: Int64) async throws {
        let call = DutyAPI.HistoryCall(number: number)
        let answer = try await session.ask(
            DutyAPI.name + ".History",
            call,
            DutyAPI.HistoryReply.self
        )
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        try show(answer.reply.entries, session)
    }

    private func all(_ session: Session) async throws {
        let list = try await session.pages(
            RecordAPI.name + ".List",
            RecordAPI.ListReply.self,
            rows: "entries",
            { ($0.entries, $0.next) },
            call: { RecordAPI.ListCall(after: $0) }
        )
        guard session.console.layout == nil else {
            return try session.console.show(list.json)
        }
        try show(list.rows, session)
    }

    private func show(_ entries: [DutyAPI.Entry], _ session: Session) throws {
        let rendering = session.rendering(zones: entries.map(\.zone))
        try session.console.show(entries.map { EntryText.stamped($0, rendering) })
    }

    /// Shows each record as it comes; without a duty from the last few on.
    private func stay(_ session: Session) async throws {
        var wanted: Int64?
        var after: Int64?
        if let number {
            let call = DutyAPI.GetCall(number: number.value)
            let answer = try await session.ask(DutyAPI.name + ".Get", call, DutyAPI.GetReply.self)
            wanted = answer.reply.duty.root
        } else {
            let call = ControlAPI.GetStatusCall()
            let method = ControlAPI.name + ".GetStatus"
            let answer = try await session.ask(method, call, ControlAPI.GetStatusReply.self)
            // Numbers begin at 0 and the list begins behind `after`.
            let last = answer.reply.records - 1
            after = last >= 10 ? last - 10 : nil
        }
        let call = RecordAPI.ListCall(after: after, follow: true)
        let method = RecordAPI.name + ".List"
        try await session.follow(method, call, RecordAPI.ListReply.self) { answer in
            let entries = answer.reply.entries.filter { isWanted($0, wanted) }
            guard !entries.isEmpty else {
                return
            }
            if session.console.layout != nil, wanted == nil {
                try session.console.show(answer.json)
            } else if session.console.layout == nil {
                let rendering = session.rendering(zones: entries.map(\.zone))
                let lines = entries.map { EntryText.stamped($0, rendering) }
                try session.console.write(Array((lines.joined(separator: "\n") + "\n").utf8))
            } else {
                let reply = RecordAPI.ListReply(entries: entries, next: answer.reply.next)
                try session.console.show(JSONCoder.encode(reply))
            }
        }
    }

    private func isWanted(_ entry: DutyAPI.Entry, _ root: Int64?) -> Bool {
        guard let root else {
            return true
        }
        return entry.root == root || entry.number == root
    }
}
