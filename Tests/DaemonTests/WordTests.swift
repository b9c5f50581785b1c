import DubanAPI
import Messages
import Supervision
import Testing

/// The core, the wire and the texts use the same words.
@Suite struct WordTests {
    @Test(arguments: Reason.allCases)
    func `every reason has a glossary row in both languages`(_ reason: Reason) {
        let row = Glossary.row(.reason, reason.rawValue)
        #expect(row?.en.isEmpty == false)
        #expect(row?.zh.isEmpty == false)
    }

    @Test(arguments: Action.allCases)
    func `every action has a glossary row`(_ action: Action) {
        #expect(Glossary.row(.action, action.rawValue)?.zh.isEmpty == false)
    }

    @Test(arguments: PassCause.allCases)
    func `every cause and disposition of passed slots has a glossary row`(_ cause: PassCause) {
        #expect(Glossary.row(.cause, cause.rawValue)?.zh.isEmpty == false)
        #expect(Glossary.row(.disposition, cause.disposition.rawValue)?.zh.isEmpty == false)
    }

    @Test(arguments: Backfilled.Left.Cause.allCases)
    func `every cause of slots that a backfill left has a glossary row`(
        _ cause: Backfilled.Left.Cause
    ) {
        #expect(Glossary.row(.cause, cause.rawValue)?.zh.isEmpty == false)
    }

    @Test func `kinds, states, outcomes and matters are the same on the wire`() {
        #expect(DutyKind.allCases.map(\.rawValue) == DutyAPI.Kind.allCases.map(\.rawValue))
        #expect(DutyState.allCases.map(\.rawValue) == DutyAPI.State.allCases.map(\.rawValue))
        #expect(JobState.allCases.map(\.rawValue) == JobAPI.State.allCases.map(\.rawValue))
        #expect(Outcome.allCases.map(\.rawValue) == WorkerAPI.Outcome.allCases.map(\.rawValue))
        let matters = Notice.Matter.allCases.map(\.rawValue)
        #expect(matters == DeliverInput.Matter.allCases.map(\.rawValue))
    }
}
