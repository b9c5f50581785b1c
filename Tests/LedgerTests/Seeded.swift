import Foundation

/// A small generator with a seed, so that a failing property can be run again.
///
/// Set `DUBAN_TEST_SEED` to the seed that a failure shows.
struct Seeded: RandomNumberGenerator {
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["DUBAN_TEST_SEED"]
        return given.flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
    }()

    private var state: UInt64

    init(_ seed: UInt64 = Seeded.seed) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
