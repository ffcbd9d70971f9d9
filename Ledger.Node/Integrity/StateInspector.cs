using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Hashes the stored state again, each range against its peaks, and the index of locators against the
/// records.
/// </summary>
public sealed class StateInspector(LedgerDatabase database, IntegrityReport report)
{
    private readonly List<(RangeName Name, RecordRange Range)> ranges = [];
    private long leafEntries;

    /// <summary>The root of the state as it is stored, or null where it cannot be read.</summary>
    public Hash256? Root()
    {
        try
        {
            return LedgerState.FromEntries(Entries()).Root;
        }
        catch (Exception problem) when (problem
            is DamagedDataException or InvalidProtocolBufferException or ArgumentException)
        {
            report.Add(DamageArea.State, "entries", problem.Message);
            return null;
        }
    }

    /// <summary>Compares leaves and locators with the ranges of the state.</summary>
    public void CheckLeaves()
    {
        long records = 0;
        foreach ((RangeName name, RecordRange range) in ranges)
        {
            // An erased record has no locator any more.
            records += name.Kind == StateKind.RecordRange ? (long)(range.Count - range.Erased) : 0;
            CheckRange(name, range);
        }

        CheckCount(LedgerColumns.Leaves, DamageArea.Record, leafEntries);
        CheckCount(LedgerColumns.Locators, DamageArea.Locator, records);
    }

    private void CheckCount(string column, DamageArea area, long expected)
    {
        if (ColumnCount.Of(database, column, area, report) is { } count && count != expected)
        {
            report.Add(area, "column", $"it has {count} entries, the state counts {expected}");
        }
    }

    private IEnumerable<(ReadOnlyMemory<byte> RawKey, ReadOnlyMemory<byte> Value)> Entries()
    {
        foreach ((byte[] key, byte[] value) in new RangeStore(database).State([], null))
        {
            report.Count(LedgerColumns.State);
            if (RangeName.TryRead(key, out RangeName name))
            {
                ranges.Add((name, RecordRange.Parser.ParseFrom(value)));
            }

            yield return (key, value);
        }
    }

    // The key of a range in the state is the prefix of its leaves.
    private void CheckRange(RangeName name, RecordRange range)
    {
        byte[] prefix = name.ToRawKey();
        string place = Convert.ToHexStringLower(prefix);
        RecordRange computed = new() { Erased = range.Erased };
        ulong erased = 0;
        try
        {
            foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Leaves, prefix))
            {
                leafEntries++;
                CheckEntry(name, StoredLeaves.Parser.ParseFrom(value), computed, ref erased);
                if (!key.AsSpan(prefix.Length).SequenceEqual(LedgerDatabase.HeightKey(computed.Count - 1)))
                {
                    report.Add(DamageArea.Record, place, $"leaf {computed.Count - 1} stands under another index");
                }
            }
        }
        catch (Exception problem) when (problem is DamagedDataException or InvalidProtocolBufferException)
        {
            report.Add(DamageArea.Record, place, problem.Message);
            return;
        }

        if (!computed.Equals(range) || erased != range.Erased)
        {
            report.Add(DamageArea.Record, place, "the leaves do not hash to the range's peaks");
        }
    }

    // What an entry says of the range is what the range was then; in a range of which records were erased since, its
    // peaks were others.
    private void CheckEntry(RangeName name, StoredLeaves entry, RecordRange computed, ref ulong erased)
    {
        foreach (IRangeLeaf leaf in RangeStore.LeavesOf(entry))
        {
            if (leaf.Index != computed.Count || !leaf.IsWellFormed)
            {
                throw new DamagedDataException(
                    LedgerColumns.Leaves, name.ToRawKey(), $"leaf {computed.Count} is not in its place", null);
            }

            RecordRanges.Append(computed, leaf.LeafHash, leaf.Height);
            erased += leaf is TombstoneLeaf ? 1UL : 0;
            if (leaf is RecordLeaf record)
            {
                CheckLocator(name, record);
            }
        }

        if (!entry.Range.IsEmpty && !IsAs(RecordRange.Parser.ParseFrom(entry.Range), computed))
        {
            throw new DamagedDataException(
                LedgerColumns.Leaves, name.ToRawKey(), $"it had another value at {computed.Count} leaves", null);
        }
    }

    private static bool IsAs(RecordRange then, RecordRange computed) => computed.Erased == 0
        ? then.Equals(computed)
        : then.Count == computed.Count && then.LastHeight == computed.LastHeight && then.Erased <= computed.Erased;

    private void CheckLocator(RangeName name, RecordLeaf leaf)
    {
        byte[] key = RecordIndexKey.Of(name.Writer, leaf.Locator).ToArray();
        AnchoredRecord expected = new(
            name.Learner, name.VerbHash, leaf.Height, leaf.Index, new Hash256(leaf.Commitment.Span));
        try
        {
            if (!AnchoredRecord.TryRead(database.Get(LedgerColumns.Locators, key), out AnchoredRecord? anchored)
                || anchored != expected)
            {
                report.Add(DamageArea.Locator, Convert.ToHexStringLower(key), "it does not lead to its record");
            }
        }
        catch (DamagedDataException problem)
        {
            report.Add(DamageArea.Locator, Convert.ToHexStringLower(key), problem.Message);
        }
    }
}
