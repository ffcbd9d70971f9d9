using Ledger.Client.Corrections;
using Ledger.Node.Records;

namespace Ledger.Node.Box;

/// <summary>The corrections of one range, as they stand in a store that gives them as they were committed.</summary>
public sealed class RangeCorrections
{
    private readonly IReadOnlyDictionary<string, FoundRecord> last;
    private readonly Dictionary<string, ulong> places;

    /// <summary>Takes the last correction of each id.</summary>
    public RangeCorrections(IReadOnlyDictionary<string, FoundRecord> last)
    {
        this.last = last;
        places = last.ToDictionary(
            static one => one.Key, static one => one.Value.Leaf.Index, StringComparer.Ordinal);
    }

    /// <summary>No record of the range corrects another one, or nobody wants to know.</summary>
    public static RangeCorrections None { get; } = new(new Dictionary<string, FoundRecord>());

    /// <summary>The last record that corrects one, which is as it was committed; null where none does.</summary>
    public FoundRecord? Of(ulong index, KeptRecord record)
    {
        if (places.Count == 0)
        {
            return null;
        }

        RecordWord word = RecordCorrection.Of(record.Type, index, record.Committed.Span);
        return Supersessions.By(word, places) is { } place
            ? last.Values.First(found => found.Leaf.Index == place)
            : null;
    }
}
