import Messages
import Varlink

/// Why a verb failed: what to tell, a line each, and the exit code.
struct Failure: Error {
    let code: Int32
    let lines: [String]

    init(code: Int32, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    /// A failure of this program's own making, with exit code 1.
    init(_ line: String) {
        self.init(code: 1, lines: [line])
    }

    init(trouble: ClientTrouble, _ language: Language) {
        self.init(code: trouble.exitCode, lines: [trouble.line(language)])
    }

    init(_ error: VarlinkClientError, _ language: Language) {
        switch error {
        case .notRunning(let path, let reason):
            self.init(trouble: .notRunning(path: path, reason: reason), language)
        case .noPermission(let path):
            self.init(trouble: .noPermission(path: path), language)
        case .disconnected:
            self.init(trouble: .disconnected, language)
        case .protocolViolation(let reason):
            self.init(trouble: .protocolViolation(reason), language)
        case .remote(let name, let parameters):
            self.init(remote: name, parameters, language)
        }
    }

    private init(remote name: String, _ parameters: JSON, _ language: Language) {
        var texts: [String: String] = [:]
        for (key, value) in parameters.objectValue ?? JSONObject() {
            texts[key] = value.stringValue ?? value.text
        }
        let refusal = Refusal(error: name, parameters: texts)
        let problems = parameters["problems"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let isPlan = refusal.shortName == "Invalid" && !problems.isEmpty
        let lines = isPlan ? problems.map(Escape.line) : [refusal.line(language)]
        self.init(code: refusal.exitCode, lines: lines)
    }
}
