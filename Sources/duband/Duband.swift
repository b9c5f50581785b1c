import ArgumentParser
import Daemon

/// `duband`: reads its arguments and runs the daemon.
@main
struct Duband: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duband",
        abstract: "Supervises duties until they are done.",
        version: Configuration.version
    )

    @Option(help: "A plan to adopt at the start; may be given more than once.")
    var plan: [String] = []

    @Option(help: "The folder of the store (default: $STATE_DIRECTORY, else /var/lib/duban).")
    var stateDirectory: String?

    @Option(help: "The folder of the sockets (default: /run/duban).")
    var runtimeDirectory = "/run/duban"

    @Option(help: "A folder of work calendars; may be given more than once.")
    var calendars: [String] = ["/etc/duban/calendars"]

    @Option(help: "The folder of the zone files (default: /usr/share/zoneinfo).")
    var zoneDirectory: String?

    @Flag(help: "Read the plans, say what is wrong with them, and end.")
    var check = false

    func run() async throws {
        var configuration = Configuration(
            stateDirectory: stateDirectory ?? Configuration.defaultStateDirectory,
            runtimeDirectory: runtimeDirectory,
            calendarDirectories: calendars
        )
        configuration.plans = plan
        configuration.checkOnly = check
        if let zoneDirectory { configuration.zoneDirectory = zoneDirectory }
        do throws(DaemonError) {
            try await Daemon.run(configuration)
        } catch {
            StandardError.write(error.lines)
            throw ExitCode(error.exitCode)
        }
    }

    /// Runs the command; a wrong argument ends with 2 (LSB), as the man page says.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            let isHelp = exitCode(for: error) == .success
            if isHelp { exit(withError: error) }
            StandardError.write([fullMessage(for: error)])
            exit(withError: ExitCode(2))
        }
    }
}
