using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// What a learner's export holds, once it was verified: of each part whose word it is, and what is missing.
/// </summary>
public sealed class ExportFindings
{
    /// <summary>The learner, then the addresses that were merged into it; none of a person known by accounts.</summary>
    public IReadOnlyList<Address> Learners { get; internal set; } = [];

    /// <summary>By which accounts an institution looked, where there is no learner.</summary>
    public IReadOnlyList<string> Accounts { get; internal set; } = [];

    /// <summary>Who made the file and signed its end.</summary>
    public Address Maker { get; internal set; }

    /// <summary>When it was made, by the maker's clock, in ms since 1970-01-01 UTC.</summary>
    public long MadeUnixMs { get; internal set; }

    /// <summary>Keys of the state by kind, proved.</summary>
    public SortedDictionary<StateKind, int> States { get; } = [];

    /// <summary>Receipts of what was decided, proved.</summary>
    public int Receipts { get; internal set; }

    /// <summary>Ranges of records that boxes have answered about, proved.</summary>
    public IReadOnlyList<ExportedRange> Ranges { get; internal set; } = [];

    /// <summary>Reads that the ledger counts; null where the file says nothing of the trail.</summary>
    public ulong? ReadsCounted { get; internal set; }

    /// <summary>How many of those an institution shows, each compared with the ledger's commitment.</summary>
    public ulong ReadsShown { get; internal set; }

    /// <summary>What institutions say that they keep, by their own word.</summary>
    public IReadOnlyList<ExportedSchool> Schools { get; internal set; } = [];

    /// <summary>What is missing, and why.</summary>
    public IReadOnlyList<MissingSchool> Missing { get; internal set; } = [];
}
