/// The interfaces of one socket: it checks each call and answers `org.varlink.service` itself.
struct ServiceDirectory: Sendable {
    /// What becomes of a call.
    enum Verdict: Equatable {
        /// The handler answers it.
        case handler
        /// It is answered at once.
        case answer(Answer)
    }

    private let info: ServiceInfo
    private let interfaces: [Interface]
    private let byName: [String: Interface]

    /// - Throws: `InterfaceError` never in practice: the text of `org.varlink.service` is ours.
    init(info: ServiceInfo, interfaces: [Interface]) throws(InterfaceError) {
        let all = [try Interface(Self.serviceText)] + interfaces
        self.info = info
        self.interfaces = all
        byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func verdict(_ call: Call) -> Verdict {
        guard let dot = call.method.utf8.lastIndex(of: UInt8(ascii: ".")) else {
            return .answer(Self.failure("InterfaceNotFound", "interface", call.method))
        }
        let interfaceName = String(call.method[..<dot])
        guard let interface = byName[interfaceName] else {
            return .answer(Self.failure("InterfaceNotFound", "interface", interfaceName))
        }
        guard case .method = interface.member(call.method[dot...].dropFirst())?.kind else {
            return .answer(Self.failure("MethodNotFound", "method", call.method))
        }
        if call.upgrade {
            return .answer(Self.failure("MethodNotImplemented", "method", call.method))
        }
        let parameters = JSON.object(call.parameters)
        if let path = interface.invalidParameter(of: call.method, in: parameters) {
            return .answer(Self.failure("InvalidParameter", "parameter", path))
        }
        switch call.method {
        case "org.varlink.service.GetInfo": return .answer(.reply(infoReply))
        case "org.varlink.service.GetInterfaceDescription":
            return .answer(description(parameters["interface"]?.stringValue ?? ""))
        default: return .handler
        }
    }

    private static func failure(_ error: String, _ parameter: String, _ value: String) -> Answer {
        let parameters = JSONObject(members: [(parameter, .string(value))])
        return .error("org.varlink.service.\(error)", .object(parameters))
    }

    private var infoReply: JSON {
        [
            "vendor": .string(info.vendor),
            "product": .string(info.product),
            "version": .string(info.version),
            "url": .string(info.url),
            "interfaces": .array(interfaces.map { .string($0.name) }),
        ]
    }

    private func description(_ name: String) -> Answer {
        guard let interface = byName[name] else {
            return Self.failure("InterfaceNotFound", "interface", name)
        }
        return .reply(["description": .string(interface.text)])
    }

    static let serviceText = """
        # The Varlink service interface is provided by every Varlink service.
        interface org.varlink.service

        # What the service is and which interfaces it implements.
        method GetInfo() -> (
          vendor: string,
          product: string,
          version: string,
          url: string,
          interfaces: []string
        )

        # The description of one interface.
        method GetInterfaceDescription(interface: string) -> (description: string)

        # The service has no such interface.
        error InterfaceNotFound (interface: string)

        # The interface has no such method.
        error MethodNotFound (method: string)

        # The interface declares the method, the service does not implement it.
        error MethodNotImplemented (method: string)

        # A parameter is unknown, missing or of a wrong type or value.
        error InvalidParameter (parameter: string)

        # The caller may not do this.
        error PermissionDenied ()

        # The method has to be called with 'more'.
        error ExpectedMore ()

        """
}
