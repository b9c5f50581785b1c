public import Supervision

/// The promises of `Store`, as checks that every implementation passes.
///
/// A test target runs them as `@Test(arguments: StoreConformance.checks)`, each on a store of its
/// own. What only a durable store promises, such as that it survives a power cut, is tested beside
/// that store.
public struct StoreConformance {
    /// One check: a name to show, and what to do with an empty store.
    public struct Check: Sendable, CustomStringConvertible {
        /// What the check holds true.
        public let description: String
        let body: @Sendable (any Store) throws -> Void

        init(_ description: String, _ body: @escaping @Sendable (any Store) throws -> Void) {
            self.description = description
            self.body = body
        }

        /// A check whose body is one transaction.
        static func inTransaction(
            _ description: String,
            _ body: @escaping @Sendable (any Transaction) throws -> Void
        ) -> Check {
            Check(description) { store in try store.transact(body) }
        }
    }

    /// Every check.
    public static let checks: [Check] = [
        transactionChecks, accountChecks, historyChecks, dutyChecks, dutyListChecks,
        dutyLookupChecks, jobChecks, jobListChecks, jobOrderChecks, answerChecks, textChecks,
        ledgerChecks, loopChecks,
    ].flatMap { $0 }

    private let open: () throws -> any Store

    /// Makes a suite.
    ///
    /// - Parameter open: Makes an empty store.
    public init(open: @escaping () throws -> any Store) {
        self.open = open
    }

    /// Runs one check on a store of its own.
    ///
    /// - Parameter check: The check.
    /// - Throws: `ConformanceFailure`, or what the store throws.
    public func run(_ check: Check) throws {
        try check.body(try open())
    }

    /// Runs every check.
    ///
    /// - Throws: `ConformanceFailure` of the first that fails, or what the store throws.
    public func run() throws {
        for check in Self.checks { try run(check) }
    }
}
