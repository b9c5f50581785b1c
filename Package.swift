// swift-tools-version: 6.2

// One section a target, in dependency order, each with its tests. Every package version is exact,
// since Package.resolved is not committed; the reason for each package stands beside it.

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
]
/// Targets that touch no C: unsafe code must be marked as such.
let pureSettings = settings + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "duban",
    products: [
        .executable(name: "duband", targets: ["duband"]),
        .executable(name: "dubanctl", targets: ["dubanctl"]),
        .executable(name: "duban-worker", targets: ["DubanWorker"]),
        .library(name: "DubanWorkerKit", targets: ["DubanWorkerKit"]),
        .library(name: "Varlink", targets: ["Varlink"]),
    ],
    dependencies: [
        // Command lines of the three programs.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // SHA-256 and Ed25519 of the ledger.
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        // The logging facade that the journal handler serves.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // Unix sockets below Varlink.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // SQLite, fenced in SQLiteStore.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // YAML of plans and calendars, with positions.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // UnixSignalsSequence: signals without a handler of our own.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // FilePath, which swift-subprocess takes for programs.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        // Child processes of the worker.
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        // CivilTime: instants, zones, calendar expressions, work calendars.
        .target(name: "CivilTime", swiftSettings: pureSettings),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: settings),

        // Ledger: canonical bytes, Merkle tree, checkpoints, export, verification.
        .target(name: "Ledger", dependencies: [crypto], swiftSettings: pureSettings),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger"], swiftSettings: settings),

        // Supervision: plan model, duties, chain, jobs, decide, the Store port.
        .target(
            name: "Supervision",
            dependencies: ["CivilTime", "Ledger"],
            swiftSettings: pureSettings
        ),
        .target(
            name: "StoreConformance",
            dependencies: ["CivilTime", "Ledger", "Supervision"],
            path: "Tests/StoreConformance",
            swiftSettings: settings
        ),
        .testTarget(
            name: "SupervisionTests",
            dependencies: ["CivilTime", "Ledger", "StoreConformance", "Supervision"],
            swiftSettings: settings
        ),

        // Varlink: strict JSON, framing, IDL, connection machines; glue in Varlink/NIO.
        .target(name: "Varlink", dependencies: [nioCore, nioPosix], swiftSettings: pureSettings),
        .testTarget(
            name: "VarlinkTests",
            dependencies: ["Varlink", nioCore, nioPosix],
            swiftSettings: settings
        ),

        // DubanAPI: the io.duban.* interface texts and their typed messages.
        .target(
            name: "DubanAPI",
            dependencies: ["Varlink"],
            resources: [.embedInCode("Interfaces")],
            swiftSettings: pureSettings
        ),
        .testTarget(
            name: "DubanAPITests",
            dependencies: ["DubanAPI", "Varlink"],
            swiftSettings: settings
        ),

        // PlanFile: YAML to plan model and work calendars, errors with line and column.
        .target(
            name: "PlanFile",
            dependencies: ["CivilTime", "Supervision", yams],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PlanFileTests",
            dependencies: ["CivilTime", "PlanFile", "Supervision"],
            swiftSettings: settings
        ),

        // Messages: terminal, journal and mail texts from typed values, in two languages.
        .target(
            name: "Messages",
            dependencies: ["CivilTime", "DubanAPI"],
            swiftSettings: pureSettings
        ),
        .testTarget(
            name: "MessagesTests",
            dependencies: ["CivilTime", "DubanAPI", "Messages"],
            swiftSettings: settings
        ),

        // SQLiteStore: the Store port on GRDB.
        .target(
            name: "SQLiteStore",
            dependencies: ["CivilTime", "Ledger", "Supervision", grdb],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "CivilTime", "Ledger", "SQLiteStore", "StoreConformance", "Supervision", grdb,
            ],
            swiftSettings: settings
        ),

        // Systemd: notify, passed sockets, watchdog, journal.
        .systemLibrary(
            name: "CSystemd",
            pkgConfig: "libsystemd",
            providers: [.apt(["libsystemd-dev"])]
        ),
        .target(name: "Systemd", dependencies: ["CSystemd", logging], swiftSettings: settings),
        .testTarget(
            name: "SystemdTests",
            dependencies: ["Systemd", logging],
            swiftSettings: settings
        ),

        // CLinux: eventfd(2) and timerfd_create(2), which the toolchain's Glibc module leaves out.
        .systemLibrary(name: "CLinux"),

        // Daemon: engine loop, timer, endpoints, wiring; duband is its command line.
        .target(
            name: "Daemon",
            dependencies: [
                "CLinux", "CivilTime", "DubanAPI", "Ledger", "Messages", "PlanFile", "SQLiteStore",
                "Supervision", "Systemd", "Varlink", logging, nioCore, nioPosix, unixSignals,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "duband",
            dependencies: ["Daemon", argumentParser],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "CivilTime", "Daemon", "DubanAPI", "Ledger", "Messages", "SQLiteStore",
                "Supervision",
                "Varlink",
            ],
            swiftSettings: settings
        ),

        // dubanctl: client of the daemon, and the verbs that need none.
        .executableTarget(
            name: "dubanctl",
            dependencies: [
                "CivilTime", "DubanAPI", "Ledger", "Messages", "PlanFile", "Supervision", "Varlink",
                argumentParser, nioCore, nioPosix,
            ],
            swiftSettings: settings
        ),

        // DubanWorkerKit: session, leases and reports of a worker; DubanWorker is the reference one.
        .target(
            name: "DubanWorkerKit",
            dependencies: ["DubanAPI", "Varlink", nioCore, nioPosix],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "DubanWorker",
            dependencies: [
                "CivilTime", "DubanAPI", "DubanWorkerKit", "Messages", "Varlink", argumentParser,
                nioPosix, subprocess, systemPackage, unixSignals,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DubanWorkerTests",
            dependencies: ["DubanAPI", "DubanWorker", "DubanWorkerKit", "Varlink", nioPosix],
            swiftSettings: settings
        ),

        // CalendarBench: CivilTime measured inside one process; bench/calendar runs it. No product.
        .executableTarget(
            name: "CalendarBench",
            dependencies: ["CivilTime"],
            path: "bench/CalendarBench",
            swiftSettings: settings
        ),

        // Tidy: the rules of this repository that no compiler checks.
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)
