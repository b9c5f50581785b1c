public import CivilTime

/// The work calendars in some folders, found by id.
public struct CalendarLibrary: Sendable {
    /// More calendars on top of each other are a mistake.
    private static let chainLimit = 16

    private let directories: [String]

    /// Makes a library.
    ///
    /// - Parameter directories: Where `cn` looks for `cn.yaml`, in this order.
    public init(directories: [String]) {
        self.directories = directories
    }

    /// Why there is no calendar.
    enum Failure: Error {
        /// Nothing to point at: no file, or one that cannot be read.
        case message(String)
        /// Mistakes within files.
        case problems(PlanProblems)
    }

    /// Returns the calendar that one or more ids name together: layers, the lowest first, each on
    /// top of the calendars that its file extends.
    ///
    /// - Parameter ids: At least one id.
    /// - Returns: The calendar; several ids are joined by `+`.
    /// - Throws: `PlanProblems` with each mistake and its place.
    public func calendar(_ ids: [String]) throws(PlanProblems) -> WorkCalendar {
        do throws(Failure) {
            return try load(ids)
        } catch {
            switch error {
            case .problems(let problems): throw problems
            case .message(let message):
                let file = ids.joined(separator: ", ")
                let problem = PlanProblem(file: file, line: 1, column: 1, message: message)
                throw PlanProblems(problems: [problem])
            }
        }
    }

    /// Returns the calendar that ids name together.
    func load(_ ids: [String]) throws(Failure) -> WorkCalendar {
        var files: [CalendarFile] = []
        for id in ids {
            let top = try file(id)
            do throws(PlanProblems) {
                for file in try chain(from: top) where !files.contains(where: { $0.id == file.id })
                {
                    files.append(file)
                }
            } catch {
                throw .problems(error)
            }
        }
        do throws(PlanProblems) {
            return try calendar(of: files, id: ids.joined(separator: "+"))
        } catch {
            throw .problems(error)
        }
    }

    /// Returns the calendar of files that were read, the lowest first.
    func calendar(of files: [CalendarFile], id: String) throws(PlanProblems) -> WorkCalendar {
        if let calendar = CalendarFile.calendar(files, id: id) { return calendar }
        let names = files.map(\.id).joined(separator: ", ")
        let message = "no day is known to all of \(names); look at their `from` and `through`"
        throw CalendarLibrary.problem(files[files.count - 1], message)
    }

    /// Returns a file below all those that it extends, the lowest first.
    func chain(from top: CalendarFile) throws(PlanProblems) -> [CalendarFile] {
        var chain = [top]
        while let base = chain[0].base {
            if chain.contains(where: { $0.id == base }) || chain.count >= Self.chainLimit {
                let message = "`extends` runs in a circle; the lowest calendar extends none"
                throw CalendarLibrary.problem(chain[0], message)
            }
            do throws(Failure) {
                chain.insert(try file(base), at: 0)
            } catch {
                switch error {
                case .problems(let problems): throw problems
                case .message(let message): throw CalendarLibrary.problem(chain[0], message)
                }
            }
        }
        return chain
    }

    private static func problem(_ file: CalendarFile, _ message: String) -> PlanProblems {
        let (line, column) = (file.baseSpot.line, file.baseSpot.column)
        return PlanProblems(problems: [
            PlanProblem(file: file.path, line: line, column: column, message: message)
        ])
    }

    /// Reads the file of an id.
    private func file(_ id: String) throws(Failure) -> CalendarFile {
        let shown = "`\(id)`"
        guard CharacterRules.isID(id) else { throw .message("\(shown) is no id of a calendar") }
        for directory in directories {
            let path = "\(directory)/\(id).yaml"
            let text: String
            do throws(InputFile.Failure) {
                text = try InputFile.text(path)
            } catch  where error.isMissing {
                continue
            } catch {
                throw .message("calendar \(path): \(error.message)")
            }
            return try file(text, path: path, id: id)
        }
        let places = directories.isEmpty ? "no folder" : directories.joined(separator: ", ")
        throw .message("no calendar \(shown): no file \(id).yaml in \(places)")
    }

    private func file(_ text: String, path: String, id: String) throws(Failure) -> CalendarFile {
        let file: CalendarFile
        do throws(PlanProblems) {
            file = try CalendarReader().file(text, name: path)
        } catch {
            throw .problems(error)
        }
        guard file.id == id else {
            throw .message("\(path) is the calendar `\(file.id)`; name the file after it")
        }
        return file
    }
}
