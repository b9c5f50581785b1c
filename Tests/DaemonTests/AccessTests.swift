import DubanAPI
import Testing
import Varlink

@testable import Daemon

@Suite struct AccessTests {
    @Test func `every method of every interface has a row, and no row is left over`() throws {
        let interfaces = try InterfaceTexts.control() + [InterfaceTexts.worker()]
        let methods = interfaces.flatMap { interface in
            interface.methods.map { "\(interface.name).\($0.name)" }
        }
        #expect(Set(methods) == Set(Access.table.keys))
    }

    @Test(arguments: [
        ("io.duban.Duty.Submit", Role.worker, false),
        ("io.duban.Duty.Submit", .person, true),
        ("io.duban.Plan.Apply", .person, false),
        ("io.duban.Plan.Apply", .operator, true),
        ("io.duban.Plan.Apply", .root, true),
        ("io.duban.Worker.Report", .root, false),
        ("io.duban.Worker.Report", .worker, true),
        ("io.duban.Record.Verify", .daemon, true),
        ("io.duban.Nothing.AtAll", .root, false),
    ])
    func `a role may call what its row says`(_ method: String, _ role: Role, _ may: Bool) {
        #expect(Access.allows(method, [role]) == may)
        #expect(!Access.allows(method, []))
    }
}
