namespace Ledger.Node.Configuration;

/// <summary>What a learning tool shows to the learning record store (HTTP Basic).</summary>
/// <param name="Key">The user name.</param>
/// <param name="Secret">The password.</param>
public sealed record LrsCredentials(string Key, string Secret);
