using Google.Protobuf;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Sealing;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Custody;

/// <summary>
/// Cuts what this institution wrote into portions for a custodian, each of one range and sealed to the custodian's
/// node. A cursor names the next place, so that an export that broke off goes on there.
/// </summary>
public sealed class CustodyExport(
    Hash256 chainId, Address self, ChainReader reader, RecordStore store, TrailExport trail)
{
    /// <summary>
    /// Contents of one portion: with the record that exceeds it, salts and seal it is still a request of the API.
    /// </summary>
    public const int PortionBytesMax = Api.ApiLimits.RequestBytesMax / 2;

    /// <summary>Records of one portion.</summary>
    public const int PortionRecordsMax = 1000;

    /// <summary>
    /// The portion at a cursor: the raw key of the index entry of its range, and an index. After the last range come
    /// the reads.
    /// </summary>
    public ExportPortion Portion(LedgerHead head, Address custodian, PublicKeyBytes key, byte[] cursor, long now)
    {
        if (TrailExport.IsCursor(cursor))
        {
            return trail.Portion(head, custodian, key, cursor, now);
        }

        (byte[]? entryKey, ulong from) = Split(cursor);
        foreach ((byte[] rawKey, LlpcName llpc) in Ranges(entryKey))
        {
            ulong start = entryKey is not null && rawKey.AsSpan().SequenceEqual(entryKey) ? from : 0;
            ulong count = head.State.RecordRange(llpc, self).Count;
            if (start >= count || !CustodyRules.IsCustodian(head.State, custodian, llpc.Learner, self, now))
            {
                continue;
            }

            return Cut(llpc, rawKey, start, count, custodian, key);
        }

        return trail.Portion(head, custodian, key, [], now);
    }

    private ExportPortion Cut(
        LlpcName llpc, byte[] rawKey, ulong start, ulong count, Address custodian, PublicKeyBytes key)
    {
        CustodyPortion portion = new()
        {
            ChainId = chainId.ToField(),
            Writer = self.ToField(),
            Learner = llpc.Learner.ToField(),
            Verb = llpc.Verb,
        };
        ulong next = start;
        ulong missing = 0;
        int size = 0;
        foreach (IRangeLeaf place in reader.RecordsFrom(llpc, self, start, Math.Min(count - start, PortionRecordsMax)))
        {
            next = place.Index + 1;
            if (place is not RecordLeaf leaf)
            {
                continue;
            }

            if (store.Find(leaf.Locator.KeyVersion, HashedId.Read(leaf.Locator.HashedId.Span))
                is not { State: not RecordState.Erased } stored)
            {
                missing++;
                continue;
            }

            portion.Records.Add(new CustodyRecord
            {
                Index = leaf.Index,
                Type = RecordTypeNames.Of(stored.Type),
                Content = ByteString.CopyFrom(stored.Committed.Span),
                Salt = ByteString.CopyFrom(stored.Salt.Span),
                TimeUnixMs = stored.Time.ToUnixTimeMilliseconds(),
            });
            size += stored.Committed.Length;
            if (size > PortionBytesMax)
            {
                break;
            }
        }

        return new ExportPortion
        {
            Content = SealedMessages.Seal(portion.ToByteArray(), [(custodian, key)], CustodyFile.Purpose),
            Cursor = ByteString.CopyFrom([.. rawKey, .. Storage.LedgerDatabase.HeightKey(next)]),
            Records = (ulong)portion.Records.Count,
            Missing = missing,
        };
    }

    // The provider index names every LLPC that this institution writes to; entries by grants alone have no records.
    private IEnumerable<(byte[] RawKey, LlpcName Llpc)> Ranges(byte[]? from)
    {
        byte[] prefix = StateKeys.Prefix(StateKind.ProviderIndexEntry, self);
        byte[]? last = null;
        foreach ((byte[] key, byte[] value) in reader.State(prefix, from))
        {
            // Number 0 is the counter of a series, and the entries of one LLPC stand side by side.
            byte[] series = key[..^sizeof(ulong)];
            if (key.AsSpan(series.Length).IndexOfAnyExcept((byte)0) < 0
                || (last is not null && last.AsSpan().SequenceEqual(series)))
            {
                continue;
            }

            last = series;
            IndexEntry entry = IndexEntry.Parser.ParseFrom(value);
            yield return (key, new LlpcName(entry.Learner.ToAddress(), entry.Verb));
        }
    }

    private static (byte[]? EntryKey, ulong From) Split(byte[] cursor) => cursor.Length <= sizeof(ulong)
        ? (null, 0)
        : (cursor[..^sizeof(ulong)],
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(cursor.AsSpan(cursor.Length - sizeof(ulong))));
}
