public import Varlink

/// The interface texts of duban, byte for byte as they are served.
public enum InterfaceTexts {
    /// The texts by interface name; each is a file of `Interfaces/`.
    static let all: [String: [UInt8]] = [
        "io.duban.Control": PackageResources.io_duban_Control_varlink,
        "io.duban.Duty": PackageResources.io_duban_Duty_varlink,
        "io.duban.Job": PackageResources.io_duban_Job_varlink,
        "io.duban.Plan": PackageResources.io_duban_Plan_varlink,
        "io.duban.Record": PackageResources.io_duban_Record_varlink,
        "io.duban.Schedule": PackageResources.io_duban_Schedule_varlink,
        "io.duban.Worker": PackageResources.io_duban_Worker_varlink,
    ]

    /// Returns the interfaces that the control socket serves.
    ///
    /// - Throws: `InterfaceError` if a text does not parse, which a test excludes.
    public static func control() throws(InterfaceError) -> [Interface] {
        var interfaces: [Interface] = []
        for name in all.keys.sorted() where name != "io.duban.Worker" {
            interfaces.append(try parse(name))
        }
        return interfaces
    }

    /// Returns the interface that the worker socket serves.
    ///
    /// - Throws: `InterfaceError` if the text does not parse, which a test excludes.
    public static func worker() throws(InterfaceError) -> Interface {
        try parse("io.duban.Worker")
    }

    private static func parse(_ name: String) throws(InterfaceError) -> Interface {
        try Interface(String(decoding: all[name] ?? [], as: UTF8.self))
    }
}
