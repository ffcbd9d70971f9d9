using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>What an institution says that it keeps of a person.</summary>
/// <param name="institution">Whose word it is.</param>
public sealed class ExportedSchool(Address institution)
{
    /// <summary>Whose word it is.</summary>
    public Address Institution { get; } = institution;

    /// <summary>Words that were verified.</summary>
    public uint Words { get; internal set; }

    /// <summary>Whether the last of them says that it is.</summary>
    public bool IsWhole { get; internal set; }

    /// <summary>The height of the node when it began.</summary>
    public ulong Height { get; internal set; }

    /// <summary>Items by kind.</summary>
    public SortedDictionary<HeldItem.ContentOneofCase, int> Items { get; } = [];

    /// <summary>Records by state, for instance stored or anchored.</summary>
    public SortedDictionary<string, int> Records { get; } = new(StringComparer.Ordinal);
}
