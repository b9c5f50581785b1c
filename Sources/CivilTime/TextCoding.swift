/// Decodes one string and reads it with `parse`; `what` names what was expected.
func decodeText<Value>(
    from decoder: any Decoder,
    what: String,
    _ parse: (String) -> Value?
) throws -> Value {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = parse(text) else {
        throw DecodingError.dataCorruptedError(
            in: container,
            debugDescription: "expected \(what), found “\(text)”"
        )
    }
    return value
}

/// Encodes one string.
func encodeText(_ text: String, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
}
