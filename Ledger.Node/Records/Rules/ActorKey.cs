namespace Ledger.Node.Records;

/// <summary>
/// The one text under which the store finds an actor. An account is <c>homePage|name</c>; a home page is an IRI, which
/// holds a colon and no bar, so the other forms, which begin with a plain word and a bar, can name no account.
/// </summary>
public static class ActorKey
{
    /// <summary>The key of all groups that have only members.</summary>
    public const string Anonymous = "anonymous|";

    /// <summary>The key of an account.</summary>
    public static string OfAccount(string homePage, string name) => $"{homePage}|{name}";

    /// <summary>The key of a mailbox, given as <c>mailto:address</c>.</summary>
    public static string OfMailbox(string mailbox) => $"mbox|{mailbox}";

    /// <summary>The key of a mailbox's SHA-1 value, in hexadecimal digits of either case.</summary>
    public static string OfMailboxDigest(string digest) => $"mbox_sha1sum|{digest.ToLowerInvariant()}";

    /// <summary>The key of an OpenID.</summary>
    public static string OfOpenId(string uri) => $"openid|{uri}";

    /// <summary>The key of a Caliper actor, by its IRI.</summary>
    public static string OfCaliper(string iri) => $"caliper|{iri}";
}
