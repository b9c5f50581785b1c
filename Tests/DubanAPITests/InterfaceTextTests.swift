import DubanAPI
import Testing
import Varlink

/// One sample a message: every field filled, so that a name or type that drifts is found.
struct MessageCase: Sendable, CustomTestStringConvertible {
    let method: String
    let isReply: Bool
    let value: JSON

    var testDescription: String { "\(method) \(isReply ? "reply" : "call")" }

    static func call(_ method: String, _ value: some Encodable) -> MessageCase {
        MessageCase(method: method, isReply: false, value: json(value))
    }

    static func reply(_ method: String, _ value: some Encodable) -> MessageCase {
        MessageCase(method: method, isReply: true, value: json(value))
    }

    private static func json(_ value: some Encodable) -> JSON {
        do {
            return try JSONCoder.encode(value)
        } catch {
            return .string("\(error)")
        }
    }
}

@Suite struct InterfaceTextTests {
    @Test func `every text parses and prints itself again`() throws {
        for interface in try InterfaceTexts.control() + [InterfaceTexts.worker()] {
            let again = try Interface(interface.printed)
            #expect(again.printed == interface.printed)
            #expect(again.name == interface.name)
        }
    }

    @Test(arguments: MessageCase.all)
    func `typed message fits its interface text`(_ row: MessageCase) throws {
        let interfaces = try InterfaceTexts.control() + [InterfaceTexts.worker()]
        let parts = row.method.split(separator: ".")
        let name = parts.dropLast().joined(separator: ".")
        let interface = try #require(interfaces.first { $0.name == name })
        let method = String(try #require(parts.last))
        let misfit =
            row.isReply
            ? interface.misfit(ofReply: method, in: row.value)
            : interface.invalidParameter(of: method, in: row.value)
        #expect(misfit == nil)
    }

    @Test func `every method has a sample of its call and its reply`() throws {
        for interface in try InterfaceTexts.control() + [InterfaceTexts.worker()] {
            for method in interface.methods {
                let full = "\(interface.name).\(method.name)"
                let samples = MessageCase.all.filter { $0.method == full }
                #expect(samples.contains { !$0.isReply }, "\(full) has no sample call")
                #expect(samples.contains { $0.isReply }, "\(full) has no sample reply")
            }
        }
    }
}
