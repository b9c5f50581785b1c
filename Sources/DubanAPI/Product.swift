/// What all programs of duban say about themselves.
public enum Product {
    /// The version of this tree.
    public static let version = "0.1.0"
}
