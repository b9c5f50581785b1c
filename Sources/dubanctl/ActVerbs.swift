import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import Varlink

/// What the replies of all acts say.
private protocol ActReply: Decodable {
    var duty: DutyAPI.Duty { get }
    var opened: [Int64] { get }
    var settled: [Int64] { get }
    var seq: Int64 { get }
}

extension DutyAPI.SubmitReply: ActReply {}
extension DutyAPI.AcceptReply: ActReply {}
extension DutyAPI.ReturnReply: ActReply {}
extension DutyAPI.UrgeReply: ActReply {}

extension Session {
    fileprivate func act(
        _ verb: String,
        _ call: some Encodable,
        reply: (some ActReply).Type
    ) async throws {
        let answer = try await act(DutyAPI.name + "." + verb, call, reply)
        guard console.layout == nil else {
            return try console.show(answer.json)
        }
        let done = answer.reply
        let line = DutyText.done(
            done.duty,
            opened: done.opened,
            settled: done.settled,
            seq: done.seq,
            rendering(zones: [done.duty.zone])
        )
        try console.show([line])
    }
}

/// A term on the command line, such as `2wd`, in the form the daemon reads.
struct TermArgument: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        guard Term(argument) != nil else {
            return nil
        }
        text = argument
    }
}

/// `dubanctl submit`.
struct SubmitVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Hand in what was owed."
    )

    @Argument(help: "The duty.")
    var number: NumberArgument

    @Option(help: ArgumentHelp("What was done.", valueName: "text"))
    var note: String

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.SubmitCall(
            requestId: RequestID.make(),
            number: number.value,
            note: note
        )
        try await session.act("Submit", call, reply: DutyAPI.SubmitReply.self)
    }
}

/// `dubanctl accept`.
struct AcceptVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accept a submission."
    )

    @Argument(help: "The duty that was submitted.")
    var number: NumberArgument

    @Option(help: ArgumentHelp("What you found.", valueName: "text"))
    var note: String?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.AcceptCall(
            requestId: RequestID.make(),
            number: number.value,
            note: note
        )
        try await session.act("Accept", call, reply: DutyAPI.AcceptReply.self)
    }
}

/// `dubanctl return`.
struct ReturnVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "return",
        abstract: "Return a submission with a reason and a new due date."
    )

    @Argument(help: "The duty that was submitted.")
    var number: NumberArgument

    @Option(help: ArgumentHelp("What is missing.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("The new term, such as 2wd or 4h.", valueName: "term"))
    var within: TermArgument?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.ReturnCall(
            requestId: RequestID.make(),
            number: number.value,
            reason: reason,
            within: within?.text
        )
        try await session.act("Return", call, reply: DutyAPI.ReturnReply.self)
    }
}

/// `dubanctl urge`.
struct UrgeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "urge",
        abstract: "Urge the obligor of a late duty."
    )

    @Argument(help: "The late duty.")
    var number: NumberArgument

    @Option(help: ArgumentHelp("What you tell the obligor.", valueName: "text"))
    var reason: String?

    @Option(
        help: ArgumentHelp("When the next level is asked if it stays undone.", valueName: "term")
    )
    var followUp: TermArgument?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.UrgeCall(
            requestId: RequestID.make(),
            number: number.value,
            reason: reason,
            followUp: followUp?.text
        )
        try await session.act("Urge", call, reply: DutyAPI.UrgeReply.self)
    }
}
