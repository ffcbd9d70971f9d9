namespace Ledger.Client.Exports;

/// <summary>Limits of a learner's export, each with its reason.</summary>
public static class ExportLimits
{
    /// <summary>The version of the format.</summary>
    public const uint Version = 1;

    /// <summary>The largest answer of a box, 64 MiB at the client's edge, is the largest part.</summary>
    public const int PartBytesMax = 72 * 1024 * 1024;

    /// <summary>Parts of a file: at a megabyte each more than a disk has room for.</summary>
    public const ulong PartsMax = 10_000_000;

    /// <summary>Items are gathered into a word up to so many bytes: few signatures, and little memory.</summary>
    public const int WordBytesUsual = 1024 * 1024;

    /// <summary>A larger attachment comes in pieces of this size.</summary>
    public const int PieceBytesMax = 1024 * 1024;

    /// <summary>A learner and the addresses that were merged into it; a merge is rare.</summary>
    public const int LearnersMax = 16;

    /// <summary>Accounts of one person at one institution: twice as many as a one-time code may have.</summary>
    public const int AccountsMax = 32;

    /// <summary>Entries of a trail in one part, as many as a node gives at once.</summary>
    public const int LeavesMax = 1_000;

    /// <summary>
    /// What a verification remembers of one kind (contracts, ranges, reads, schools): a hundred reads a day over
    /// twenty years, some 100 MB at the most.
    /// </summary>
    public const int RememberedMax = 1_000_000;

    /// <summary>Findings that are told one by one; whoever forged a file is told enough by so many.</summary>
    public const int FailuresMax = 100;

    /// <summary>Characters of a reason why something is missing: some sentences.</summary>
    public const int ReasonCharactersMax = 1_024;
}
