namespace Ledger.Node.Records;

/// <summary>How the record endpoints are set up.</summary>
/// <param name="Credentials">Who may bring and query records; nobody when empty.</param>
/// <param name="AuthorityHomePage">The IRI that stands beside a credential's name in a statement's authority.</param>
public sealed record XapiOptions(IReadOnlyList<XapiCredential> Credentials, string AuthorityHomePage)
{
    /// <summary>
    /// The version that an answer bears, and whose rules hold, where a request names none: 1.0.3 unless it is said.
    /// Everything but the About resource refuses such a request.
    /// </summary>
    public XapiVersion AssumedVersion { get; init; } = XapiVersion.V1;

    /// <summary>How much and how often tools may send.</summary>
    public RequestLimits Limits { get; init; } = new();

    /// <summary>
    /// Origins whose pages may call the endpoints out of a browser, as <c>https://tool.example.org</c>; none unless it
    /// is said.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether the disk has room for more: without it nothing is taken in, and everything is given.</summary>
    public Func<bool> HasRoom { get; init; } = static () => true;

    /// <summary>
    /// Other institutions' records that are granted to this one, by the paths where they are; none for a store without
    /// a ledger.
    /// </summary>
    internal IReadOnlyList<(string Path, Granted.GrantedResource Statements)> Granted { get; init; } = [];

    /// <summary>What is told of records beside xAPI; null for a store without a ledger.</summary>
    public Api.RecordFacts? Facts { get; init; }
}
