namespace Ledger.Node.Configuration;

/// <summary>What a learning tool shows to the learning record store (HTTP Basic).</summary>
/// <param name="Key">The user name.</param>
/// <param name="Secret">The password.</param>
public sealed record LrsCredentials(string Key, string Secret)
{
    /// <summary>The scopes of xAPI that the tool has, by their names; all of them where it is left out.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>
    /// Whether the tool may ask as often as it likes and send the longest bodies; no unless it is said.
    /// </summary>
    public bool Unlimited { get; set; }

    /// <summary>
    /// Why tools cannot be told apart by what they show, or null: an empty secret would let in whoever shows none, and
    /// one that two tools share would not say which of them spoke.
    /// </summary>
    public static string? FaultOf(IReadOnlyList<LrsCredentials> all)
    {
        if (all.Any(static one => string.IsNullOrEmpty(one.Key) || string.IsNullOrEmpty(one.Secret)))
        {
            return "a tool has no key or no secret. Give it both.";
        }

        if (all.FirstOrDefault(static one => one.Key.Contains(':', StringComparison.Ordinal)) is { } colon)
        {
            return $"the key '{colon.Key}' has a colon, which HTTP Basic takes for its end.";
        }

        return all.DistinctBy(static one => one.Secret).Count() < all.Count
            ? "two tools have the same secret. Give each one of its own."
            : null;
    }
}
