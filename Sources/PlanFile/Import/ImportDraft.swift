import CivilTime

/// Collects the jobs of an import and writes the plan.
struct ImportDraft {
    private var jobs: [ImportedJob] = []
    private var names: Set<String> = []
    private(set) var problems: [ImportRemark] = []
    private(set) var notes: [ImportRemark] = []

    /// Takes a job in, under a name that no other has.
    mutating func add(_ job: ImportedJob) {
        var job = job
        var number = 2
        let wanted = job.name
        while !names.insert(job.name).inserted {
            job.name = "\(wanted)-\(number)"
            number += 1
        }
        jobs.append(job)
    }

    /// Notes what cannot be imported.
    mutating func refuse(_ file: ImportFile, _ line: Int, _ reason: String) {
        problems.append(ImportRemark(file: file.name, line: line, reason: reason))
    }

    /// Notes what is imported in another way.
    mutating func note(_ file: ImportFile, _ line: Int, _ reason: String) {
        notes.append(ImportRemark(file: file.name, line: line, reason: reason))
    }

    /// Writes the plan.
    ///
    /// - Parameters:
    ///   - target: What the caller chose.
    ///   - head: Lines of comment for the head of the plan.
    /// - Returns: The plan's text with scripts and remarks.
    func plan(_ target: ImportTarget, head: [String]) -> ImportedPlan {
        var text = head.map { "# \($0)\n" }.joined()
        text += "programme: \(target.programme)\n"
        text += "units:\n  - { id: jobs, head: \(target.head) }\n"
        text += jobs.isEmpty ? "items: []\n" : "items:\n"
        text += jobs.map { $0.item(target) }.joined()
        return ImportedPlan(
            text: text,
            scripts: jobs.map { ($0.name, $0.script) },
            problems: problems,
            notes: notes
        )
    }

    /// Returns an id made of a word, leaving out what an id may not hold.
    static func id(_ word: some StringProtocol) -> String? {
        let letters = word.lowercased().unicodeScalars.map { scalar -> Character in
            CharacterRules.isID("x\(scalar)") ? Character(scalar) : "-"
        }
        let id = String(String(letters).drop { $0 == "-" || $0 == "." }.prefix(48))
        return CharacterRules.isID(id) ? id : nil
    }
}
