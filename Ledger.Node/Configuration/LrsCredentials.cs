namespace Ledger.Node.Configuration;

/// <summary>What a learning tool shows to the learning record store (HTTP Basic).</summary>
/// <param name="Key">The user name.</param>
/// <param name="Secret">The password.</param>
public sealed record LrsCredentials(string Key, string Secret)
{
    /// <summary>The scopes of xAPI that the tool has, by their names; all of them where it is left out.</summary>
    public string[]? Scopes { get; set; }
}
