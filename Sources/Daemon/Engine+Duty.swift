import CivilTime
import DubanAPI
import Supervision
import Varlink

/// The most that one page of a list holds.
let pageLimit = 500
/// How many bytes, roughly, one page of duties carries, the last duty not counted.
private let dutiesBytes = 512 << 10

extension Engine {
    func handleDuty(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "Get": return try getDuty(context, turn)
        case "List": return try listDuties(context, turn)
        case "Todo": return try todo(context, turn)
        case "Chain": return try chain(context, turn)
        case "History": return try history(context, turn)
        case "Submit":
            let call = try context.parameters(DutyAPI.SubmitCall.self)
            return try act(call.requestId, call.number, .submit(note: call.note), context, &turn)
        case "Accept":
            let call = try context.parameters(DutyAPI.AcceptCall.self)
            return try act(call.requestId, call.number, .accept(note: call.note), context, &turn)
        case "Return":
            let call = try context.parameters(DutyAPI.ReturnCall.self)
            let within = try term(call.within, "within", context)
            let act = Act.return(reason: call.reason, within: within)
            return try self.act(call.requestId, call.number, act, context, &turn)
        default:
            let call = try context.parameters(DutyAPI.UrgeCall.self)
            let followUp = try term(call.followUp, "followUp", context)
            let act = Act.urge(reason: call.reason, followUp: followUp)
            return try self.act(call.requestId, call.number, act, context, &turn)
        }
    }

    private func term(
        _ text: String?,
        _ argument: String,
        _ context: CallContext
    ) throws -> Term? {
        guard let text else { return nil }
        guard let term = Term(text) else {
            let hint = "\"\(text)\" is no duration; write 15s, 4h, 10d or 2wd"
            throw WireFailure.badArgument(context.interface, argument, hint)
        }
        return term
    }

    // MARK: Acts

    private func act(
        _ requestID: String,
        _ number: Int64,
        _ act: Act,
        _ context: CallContext,
        _ turn: inout Turn
    ) throws -> JSON? {
        try once(requestID, context, &turn) { turn in
            let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let caller = caller(context, turn)
            let reply = try turn.decide(.act(act, on: number, by: caller, salt: salt))
            switch reply {
            case .acted(let acted):
                return try JSONCoder.encode(
                    DutyAPI.SubmitReply(
                        duty: try view(try required(acted.number, turn), turn),
                        opened: acted.opened,
                        settled: acted.settled,
                        seq: acted.seq
                    )
                )
            case .refused(let refusal): throw WireFailure(refusal, context.interface)
            default: throw StoreError.inconsistent("an act led to no answer")
            }
        }
    }

    /// - Throws: `Refusal.noSuchDuty`.
    func required(_ number: Int64, _ turn: Turn) throws -> Duty {
        guard let duty = try turn.tx.duty(number) else { throw Refusal.noSuchDuty(number) }
        return duty
    }

    // MARK: Reading

    private func getDuty(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(DutyAPI.GetCall.self)
        let duty = try required(call.number, turn)
        return try JSONCoder.encode(DutyAPI.GetReply(duty: try view(duty, turn)))
    }

    private func listDuties(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(DutyAPI.ListCall.self)
        var filter = DutyFilter()
        filter.all = call.all ?? false
        filter.kind = call.kind.flatMap { DutyKind(rawValue: $0.rawValue) }
        filter.state = call.state.flatMap { DutyState(rawValue: $0.rawValue) }
        filter.unit = call.unit
        filter.item = call.item
        filter.lateAt = call.late == true ? turn.now.wall : nil
        let limit = clamp(call.limit)
        let duties = try turn.tx.duties(filter, after: call.after ?? 0, limit: limit)
        var page: [DutyAPI.Duty] = []
        var bytes = 0
        for duty in duties where bytes <= dutiesBytes {
            let shown = try view(duty, turn)
            bytes += 1_000 + (shown.note?.utf8.count ?? 0) + (shown.requirements?.utf8.count ?? 0)
            page.append(shown)
        }
        let isWhole = duties.count < limit && page.count == duties.count
        let reply = DutyAPI.ListReply(duties: page, next: isWhole ? nil : page.last?.number)
        return try JSONCoder.encode(reply)
    }

    func clamp(_ limit: Int64?) -> Int {
        max(1, min(pageLimit, Int(limit ?? Int64(pageLimit))))
    }

    private func todo(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(DutyAPI.TodoCall.self)
        guard let person = call.person ?? turn.state.book.personByUID[context.uid] else {
            let text = "uid \(context.uid) is no person of any plan; ask with --person"
            throw Refusal.notAllowed(text)
        }
        guard let known = turn.state.book.person(person) else {
            throw Refusal.badArgument("person", "no plan has a person \(person)")
        }
        var filter = DutyFilter()
        filter.person = person
        let owed = try turn.tx.duties(filter, after: 0, limit: pageLimit)
            .filter { $0.state.isOwed }
            .sorted { ($0.dueAt, $0.number) < ($1.dueAt, $1.number) }
        let reply = DutyAPI.TodoReply(
            person: person,
            personName: known.name,
            duties: try owed.map { try view($0, turn) }
        )
        return try JSONCoder.encode(reply)
    }

    private func chain(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(DutyAPI.ChainCall.self)
        let named = try required(call.number, turn)
        let duty = try required(named.root, turn)
        let others = try turn.tx.duties(root: duty.number).filter { $0.number != duty.number }
        let context = try turn.state.book.context(of: duty, turn.tx)
        let plan = context?.plan
        let chain = context.map { Chain(plan: $0.plan, item: $0.item) }
        let superiors = chain?.line.map { post -> DutyAPI.Superior in
            let holder = chain?.holder(post)
            let unit = chain?.unit(post) ?? ""
            return DutyAPI.Superior(
                post: post.description,
                person: holder?.id ?? "",
                personName: holder?.name ?? "",
                unit: unit,
                unitNames: names(plan?.units[unit]?.names)
            )
        }
        let reply = DutyAPI.ChainReply(
            duty: try view(duty, turn),
            duties: try others.map { try view($0, turn) },
            superiors: superiors ?? []
        )
        return try JSONCoder.encode(reply)
    }

    private func history(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(DutyAPI.HistoryCall.self)
        let duty = try required(call.number, turn)
        let leaves = try turn.tx.leaves(root: duty.root, limit: pageLimit)
        let entries = try leaves.map { try entry(Record(leaf: $0.bytes), turn) }
        return try JSONCoder.encode(DutyAPI.HistoryReply(entries: entries))
    }
}
