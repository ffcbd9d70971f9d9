using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// All that a vote key must remember in order never to contradict itself. Slots of lower heights and views are not
/// kept, for S-3 refuses them altogether. The record is checksummed and holds the hash of the record before (S-7).
/// </summary>
public sealed record VoteState
{
    private const byte FormatVersion = 1;
    private const int FixedBytes = 1 + sizeof(ulong) + Hash256.Size + (4 * sizeof(ulong)) + 1;
    private const int SlotBytes = 1 + sizeof(ulong) + Hash256.Size;

    /// <summary>The state of a key that has signed nothing.</summary>
    public static VoteState Empty { get; } = new();

    /// <summary>How many records there are, this one included.</summary>
    public ulong Sequence { get; private init; }

    /// <summary>The hash of the newest record; zero while there is none.</summary>
    public Hash256 RecordHash { get; private init; }

    /// <summary>The highest height that anything was signed for.</summary>
    public ulong Height { get; init; }

    /// <summary>The highest view that a view change was signed for.</summary>
    public ulong ViewLeftFor { get; init; }

    /// <summary>The highest view in which a vote, a proposal or a new view was signed.</summary>
    public ulong ViewVotedIn { get; init; }

    /// <summary>The highest height for which a commit vote was signed; fresh reads rest on it (F-1).</summary>
    public ulong CommitSignedHeight { get; init; }

    /// <summary>What was signed at <see cref="Height"/> in views from <see cref="ViewFloor"/> on.</summary>
    public ImmutableArray<VoteSlot> Slots { get; init; } = [];

    /// <summary>No vote below this view is ever signed again (S-3).</summary>
    public ulong ViewFloor => Math.Max(ViewLeftFor, ViewVotedIn);

    /// <summary>
    /// Writes the next record of the chain; the returned state is this one, standing behind that record.
    /// </summary>
    public VoteState Seal(out byte[] record)
    {
        record = new byte[FixedBytes + (Slots.Length * SlotBytes) + Hash256.Size];
        record[0] = FormatVersion;
        int at = 1;
        WriteNumber(record, ref at, Sequence + 1);
        RecordHash.CopyTo(record.AsSpan(at));
        at += Hash256.Size;
        WriteNumber(record, ref at, Height);
        WriteNumber(record, ref at, ViewLeftFor);
        WriteNumber(record, ref at, ViewVotedIn);
        WriteNumber(record, ref at, CommitSignedHeight);
        record[at++] = checked((byte)Slots.Length);
        foreach (VoteSlot slot in Slots)
        {
            record[at++] = (byte)slot.Kind;
            WriteNumber(record, ref at, slot.View);
            slot.Digest.CopyTo(record.AsSpan(at));
            at += Hash256.Size;
        }

        Hash256 hash = TaggedHash.Of(Tags.VoteState, record.AsSpan(0, at));
        hash.CopyTo(record.AsSpan(at));
        return this with { Sequence = Sequence + 1, RecordHash = hash };
    }

    /// <summary>
    /// Reads a record; false when it is damaged in any bit. <paramref name="previous"/> is the hash of the one before.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> record, [NotNullWhen(true)] out VoteState? state, out Hash256 previous)
    {
        state = null;
        previous = default;
        if (record.Length < FixedBytes + Hash256.Size || record[0] != FormatVersion)
        {
            return false;
        }

        int slotCount = record[FixedBytes - 1];
        int end = FixedBytes + (slotCount * SlotBytes);
        if (record.Length != end + Hash256.Size)
        {
            return false;
        }

        Hash256 hash = TaggedHash.Of(Tags.VoteState, record[..end]);
        if (hash != new Hash256(record[end..]))
        {
            return false;
        }

        int at = 1;
        ulong sequence = ReadNumber(record, ref at);
        previous = new Hash256(record.Slice(at, Hash256.Size));
        at += Hash256.Size;
        state = new VoteState
        {
            Sequence = sequence,
            RecordHash = hash,
            Height = ReadNumber(record, ref at),
            ViewLeftFor = ReadNumber(record, ref at),
            ViewVotedIn = ReadNumber(record, ref at),
            CommitSignedHeight = ReadNumber(record, ref at),
            Slots = ReadSlots(record[FixedBytes..end], slotCount),
        };
        return true;
    }

    private static ImmutableArray<VoteSlot> ReadSlots(ReadOnlySpan<byte> bytes, int count)
    {
        VoteSlot[] slots = new VoteSlot[count];
        int at = 0;
        for (int place = 0; place < count; place++)
        {
            MessageKind kind = (MessageKind)bytes[at++];
            ulong view = ReadNumber(bytes, ref at);
            slots[place] = new VoteSlot(kind, view, new Hash256(bytes.Slice(at, Hash256.Size)));
            at += Hash256.Size;
        }

        return [.. slots];
    }

    private static void WriteNumber(Span<byte> bytes, ref int at, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], number);
        at += sizeof(ulong);
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]);
        at += sizeof(ulong);
        return number;
    }
}
