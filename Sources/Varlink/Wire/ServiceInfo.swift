/// What a service tells about itself.
public struct ServiceInfo: Hashable, Sendable {
    /// Who makes it.
    public let vendor: String
    /// What it is called.
    public let product: String
    /// Its version.
    public let version: String
    /// Where to read about it.
    public let url: String

    /// Describes a service.
    public init(vendor: String, product: String, version: String, url: String) {
        self.vendor = vendor
        self.product = product
        self.version = version
        self.url = url
    }
}
