using Ledger.Client.Records;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Corrections;

/// <summary>
/// Which records of one range (a learner's, of a verb, by a writer) a later one corrects: one that names it, or that
/// names the same one as it does. A pure computation: box and reader come to the same. Rule W-2 of
/// <c>docs/corrections.md</c>.
/// </summary>
public static class Supersessions
{
    /// <summary>The place of each superseded record, with that of the last record that corrects it.</summary>
    public static IReadOnlyDictionary<ulong, ulong> Of(IEnumerable<RecordWord> words)
    {
        Dictionary<ulong, ulong> superseded = [];
        Dictionary<string, ulong> last = new(StringComparer.Ordinal);
        foreach (RecordWord word in words.OrderByDescending(static word => word.Index))
        {
            if (By(word, last) is { } later)
            {
                superseded.Add(word.Index, later);
            }

            if (word.Corrects is { } earlier)
            {
                last.TryAdd(earlier, word.Index);
            }
        }

        return superseded;
    }

    /// <summary>The same of records that were returned; they were verified before.</summary>
    public static IReadOnlyDictionary<ulong, ulong> Of(IReadOnlyCollection<ReleasedRecord> records) =>
        records.Any(static record => RecordCorrection.MayCorrect(record.Content.Span))
            ? Of(records.Select(static record => RecordCorrection.Of(
                RecordTypeNames.Find(record.Type)
                    ?? throw new InvalidOperationException("A verified record has a type."),
                record.Leaf.Index,
                record.Content.Span)))
            : new Dictionary<ulong, ulong>();

    /// <summary>
    /// The place of the last record after a word that corrects it; null for none.
    /// </summary>
    /// <param name="word">The record.</param>
    /// <param name="last">The last correction of each id.</param>
    public static ulong? By(RecordWord word, IReadOnlyDictionary<string, ulong> last)
    {
        ulong named = last.GetValueOrDefault(word.Id);
        ulong same = word.Corrects is { } earlier ? last.GetValueOrDefault(earlier) : 0;
        ulong later = Math.Max(named, same);
        return later > word.Index ? later : null;
    }
}
