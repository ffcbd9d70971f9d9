using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Hashes the stored state again, each range of records against its peaks, and the index of locators against the
/// records.
/// </summary>
public sealed class StateInspector(LedgerDatabase database, IntegrityReport report)
{
    private readonly List<(byte[] RawKey, RecordRange Range)> ranges = [];

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

    /// <summary>Compares records and locators with the ranges of the state.</summary>
    public void CheckRecords()
    {
        long expected = 0;
        foreach ((byte[] rawKey, RecordRange range) in ranges)
        {
            expected += (long)range.Count;
            CheckRange(rawKey.AsSpan(1).ToArray(), range);
        }

        foreach (string column in (string[])[LedgerColumns.Records, LedgerColumns.Locators])
        {
            DamageArea area = column == LedgerColumns.Records ? DamageArea.Record : DamageArea.Locator;
            if (ColumnCount.Of(database, column, area, report) is { } count && count != expected)
            {
                report.Add(area, "column", $"it has {count} entries, the state counts {expected} records");
            }
        }
    }

    private IEnumerable<(ReadOnlyMemory<byte> RawKey, ReadOnlyMemory<byte> Value)> Entries()
    {
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.State, []))
        {
            report.Count(LedgerColumns.State);
            if (key[0] == (byte)StateKind.RecordRange)
            {
                ranges.Add((key, RecordRange.Parser.ParseFrom(value)));
            }

            yield return (key, value);
        }
    }

    // The key of a range in the state is its kind and the prefix of its records.
    private void CheckRange(byte[] prefix, RecordRange range)
    {
        string place = Convert.ToHexStringLower(prefix);
        RecordRange computed = new() { Erased = range.Erased };
        try
        {
            Address writer = new(prefix.AsSpan(2 * Hash256.Size));
            foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Records, prefix))
            {
                RecordLeaf leaf = RecordLeaf.Parser.ParseFrom(value);
                if (!key.AsSpan(prefix.Length).SequenceEqual(LedgerDatabase.HeightKey(leaf.Index)))
                {
                    report.Add(DamageArea.Record, place, $"leaf {leaf.Index} stands under another index");
                }

                RecordRanges.Append(computed, RangeLeaf.OfRecord(leaf), leaf.Height);
                CheckLocator(prefix, writer, leaf);
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

    private void CheckLocator(byte[] prefix, Address writer, RecordLeaf leaf)
    {
        byte[] key = RecordIndexKey.Of(writer, leaf.Locator).ToArray();
        StoredLocation expected = new()
        {
            Learner = ByteString.CopyFrom(prefix, 0, Hash256.Size),
            VerbHash = ByteString.CopyFrom(prefix, Hash256.Size, Hash256.Size),
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
