using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
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
        long leaves = 0;
        long records = 0;
        foreach ((RangeName name, RecordRange range) in ranges)
        {
            leaves += (long)range.Count;
            records += name.Kind == StateKind.RecordRange ? (long)range.Count : 0;
            CheckRange(name, range);
        }

        CheckCount(LedgerColumns.Leaves, DamageArea.Record, leaves);
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
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.State, []))
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
        try
        {
            foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Leaves, prefix))
            {
                IRangeLeaf leaf = RangeLeaf.Parse(name.Kind, value);
                if (!key.AsSpan(prefix.Length).SequenceEqual(LedgerDatabase.HeightKey(leaf.Index)))
                {
                    report.Add(DamageArea.Record, place, $"leaf {leaf.Index} stands under another index");
                }

                RecordRanges.Append(computed, leaf.LeafHash, leaf.Height);
                if (leaf is RecordLeaf record)
                {
                    CheckLocator(name, record);
                }
            }
        }
        catch (Exception problem) when (problem is DamagedDataException or InvalidProtocolBufferException)
        {
            report.Add(DamageArea.Record, place, problem.Message);
            return;
        }

        if (!computed.Equals(range))
        {
            report.Add(DamageArea.Record, place, "the leaves do not hash to the range's peaks");
        }
    }

    private void CheckLocator(RangeName name, RecordLeaf leaf)
    {
        byte[] key = RecordIndexKey.Of(name.Writer, leaf.Locator).ToArray();
        StoredLocation expected = new()
        {
            Learner = ByteString.CopyFrom(name.Learner.ToArray()),
            VerbHash = ByteString.CopyFrom(name.VerbHash.ToArray()),
            Height = leaf.Height,
            Index = leaf.Index,
            Commitment = leaf.Commitment,
        };
        try
        {
            if (!expected.ToByteArray().AsSpan().SequenceEqual(database.Get(LedgerColumns.Locators, key)))
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
