namespace Ledger.Benchmarks.Logs;

/// <summary>
/// To which institution an actor belongs: the one whose host its identifier names. That is the host of an account's
/// home page, of an OpenID and of a Caliper actor's IRI, and what follows the at sign of a mailbox. Actors whose
/// identifier names none, such as a mailbox's digest, belong together to <see cref="NoHost"/>.
/// </summary>
public static class HostRule
{
    /// <summary>The institution of actors that name no host.</summary>
    public const string NoHost = "(no host)";

    private const string Mailbox = "mbox|mailto:";

    private static readonly string[] WithAddress = ["openid|", "caliper|"];

    private static readonly string[] WithoutHost = ["mbox_sha1sum|", "anonymous|"];

    /// <summary>The host, in lower case, of an actor by its one text.</summary>
    public static string Of(string actor)
    {
        if (WithoutHost.Any(start => actor.StartsWith(start, StringComparison.Ordinal)))
        {
            return NoHost;
        }

        if (actor.StartsWith(Mailbox, StringComparison.Ordinal))
        {
            int at = actor.LastIndexOf('@');
            return at < 0 || at == actor.Length - 1 ? NoHost : actor[(at + 1)..].ToLowerInvariant();
        }

        string? start = WithAddress.FirstOrDefault(form => actor.StartsWith(form, StringComparison.Ordinal));
        string address = start is null ? actor[..actor.IndexOf('|', StringComparison.Ordinal)] : actor[start.Length..];
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IdnHost.Length > 0 ? uri.IdnHost : NoHost;
    }
}
