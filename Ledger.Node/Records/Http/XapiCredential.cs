namespace Ledger.Node.Records;

/// <summary>The name and secret with which a learning tool identifies itself.</summary>
/// <param name="Key">The name; it stands as the authority in what the tool brings.</param>
/// <param name="Secret">The secret.</param>
public sealed record XapiCredential(string Key, string Secret)
{
    /// <summary>What the tool may do; everything unless it is said.</summary>
    public XapiScopes Scopes { get; init; } = XapiScopes.All;

    /// <summary>
    /// It may ask as often as it likes, and send bodies up to the ceilings of <see cref="RequestLimits"/>.
    /// </summary>
    public bool IsUnlimited { get; init; }

    /// <summary>Whether the tool may do something.</summary>
    public bool May(XapiScopes scope) => (Scopes & scope) == scope;

    /// <summary>The name alone: a secret belongs in no log.</summary>
    public override string ToString() => Key;
}
