namespace Ledger.Client.Disclosures;

/// <summary>What a disclosure may hold.</summary>
public static class DisclosureLimits
{
    /// <summary>Verbs and writers: those of some years at some schools.</summary>
    public const int RangesMax = 64;

    /// <summary>Records of a disclosure: as many as a box gives in one answer.</summary>
    public const int RecordsMax = 1_000;

    /// <summary>Bytes of the learner's words: some sentences.</summary>
    public const int WordsBytesMax = 512;

    /// <summary>Random bytes of a body: nobody guesses them.</summary>
    public const int RandomBytes = 16;

    /// <summary>Longer than any application or contest runs; what is to last is made anew.</summary>
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(10 * 366);
}
