namespace Ledger.Node.Api;

/// <summary>Limits of the public API, each with its reason.</summary>
public static class ApiLimits
{
    /// <summary>A request holds one transaction (256 KiB) and little else.</summary>
    public const int RequestBytesMax = 1024 * 1024;

    /// <summary>An answer of a box with 1,000 records stays below this.</summary>
    public const int AnswerBytesMax = 16 * 1024 * 1024;

    /// <summary>Entries of a page.</summary>
    public const int PageMax = 500;

    /// <summary>Entries of a page where the caller does not say.</summary>
    public const int PageUsual = 100;

    /// <summary>Transactions of one stream that wait for their decision; more make the caller wait.</summary>
    public const int StreamWaitingMax = 8192;

    /// <summary>Callers that wait for outcomes, all streams together.</summary>
    public const int WaitersMax = 65_536;

    /// <summary>How long a challenge is good for.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Connections to the API port.</summary>
    public const int ConnectionsMax = 1024;

    /// <summary>Connections of one address: an institution's tools behind one gateway, and an eighth of all.</summary>
    public const int NetworkConnectionsMax = ConnectionsMax / 8;

    /// <summary>Bytes of requests from one address that have not arrived whole: 32 of the largest.</summary>
    public const int NetworkRequestBytesMax = 32 * RequestBytesMax;

    /// <summary>A request of the largest size arrives in this time over 300 kbit/s.</summary>
    public static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A stream whose caller has not handed in a valid transaction after this long is ended; after one it may rest.
    /// </summary>
    public static readonly TimeSpan ProofPatience = TimeSpan.FromMinutes(1);

    /// <summary>Callers that follow events at a time: each may cost the reading of every block.</summary>
    public const int EventWatchersMax = 64;

    /// <summary>Kinds that a caller may name; there are not as many.</summary>
    public const int EventKindsMax = 64;

    /// <summary>Blocks that are looked through before a caller is told how far that is, though nothing fits.</summary>
    public const int EventBlocksMax = 1_000;

    /// <summary>Events of a batch: with the longest verbs 1.3 MB.</summary>
    public const int EventsMax = 1_000;
}
