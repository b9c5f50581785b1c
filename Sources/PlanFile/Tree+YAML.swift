import Yams

// The fence around Yams: nothing else in this module imports it.

extension Tree {
    /// A plan of 5,000 units and 300,000 lines stays below this; an expanded alias does not.
    private static let nodeLimit = 2_000_000

    /// Reads a YAML text; nil after noting why it cannot be read.
    static func read(_ text: String, problems: Problems) -> Tree? {
        guard YAMLGuard.check(text, problems: problems) else { return nil }
        var keys = RepeatedKeys(text)
        for _ in 0..<RepeatedKeys.limit {
            do {
                var converter = Converter(problems: problems, keys: keys, remaining: nodeLimit)
                return try converter.convertRoot()
            } catch YamlError.duplicatedKeysInMapping(_, let context) {
                keys.mark(line: context.mark.line, column: context.mark.column)
            } catch let error as YamlError {
                let (spot, message) = describe(error, text)
                problems.add(spot, message)
                return nil
            } catch {
                problems.add(.start, "not readable as YAML: \(error)")
                return nil
            }
        }
        problems.add(.start, "more than \(RepeatedKeys.limit) keys are given twice; give each once")
        return nil
    }

    private static func describe(_ error: YamlError, _ text: String) -> (Spot, String) {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let complaint = YAMLAdvice.Complaint(
                problem: problem,
                spot: Spot(line: mark.line, column: mark.column),
                context: context?.text,
                begin: context.map { Spot(line: $0.mark.line, column: $0.mark.column) }
            )
            let advice = YAMLAdvice(complaint, in: text)
            return (advice.spot, advice.message)
        case .reader(let problem, _, _, _):
            return (.start, "not YAML: \(problem)")
        default:
            return (.start, "not YAML: \(error)")
        }
    }
}

/// Turns Yams' nodes into trees.
private struct Converter {
    let problems: Problems
    let keys: RepeatedKeys
    /// How many values may still come.
    var remaining: Int

    /// Converts the only document of the text.
    mutating func convertRoot() throws -> Tree? {
        // Without the resolver's rules every scalar stays the text that was written.
        let parser = try Parser(yaml: keys.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
            problems.add(.start, "the file is empty; a plan names a programme, units and items")
            return nil
        }
        return convert(root, depth: 1)
    }

    private mutating func convert(_ node: Node, depth: Int) -> Tree? {
        let spot = spot(of: node)
        remaining -= 1
        guard remaining >= 0, depth <= YAMLGuard.depthLimit else {
            let limit = YAMLGuard.depthLimit
            problems.add(spot, "nested deeper than \(limit) levels, or far too many values")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain
            return Tree(spot: spot, shape: .text(scalar.string, isQuoted: isQuoted))
        case .sequence(let sequence):
            var list: [Tree] = []
            for element in sequence {
                guard let tree = convert(element, depth: depth + 1) else { return nil }
                list.append(tree)
            }
            return Tree(spot: spot, shape: .list(list))
        case .mapping(let mapping):
            return convert(mapping, spot: spot, depth: depth)
        case .alias:
            problems.add(spot, "an alias, which plans do not use; write the value out")
            return nil
        }
    }

    private mutating func convert(_ mapping: Node.Mapping, spot: Spot, depth: Int) -> Tree? {
        var entries: [Tree.Entry] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                problems.add(self.spot(of: key), "a list or table as a key; write a word")
                continue
            }
            guard let tree = convert(value, depth: depth + 1) else { return nil }
            let word = Placed(value: keys.original(of: scalar.string), spot: self.spot(of: key))
            entries.append(Tree.Entry(key: word, value: tree))
        }
        return Tree(spot: spot, shape: .table(entries))
    }

    private func spot(of node: Node) -> Spot {
        node.mark.map { Spot(line: $0.line, column: $0.column) } ?? .start
    }
}
