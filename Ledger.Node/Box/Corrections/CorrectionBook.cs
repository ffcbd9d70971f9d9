using System.Collections.Immutable;
using Ledger.Client.Corrections;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Remembers which records of a range correct others, so that a box does not go through a whole range for each answer:
/// a range is gone through once, and from then on only what came after. Of the records it remembers places alone. Used
/// from any thread.
/// </summary>
/// <param name="kept">
/// The node's own store and custody, also where records are answered out of a campus's own store: going through that
/// one would be a question over the network for each record.
/// </param>
public sealed class CorrectionBook(IRecordSource kept)
{
    /// <summary>Records that the store is asked for at once.</summary>
    private const int PortionMax = 64;

    /// <summary>Ranges that are remembered: those of a large school's year. Beyond it the book begins anew.</summary>
    private const int RangesMax = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(LlpcName Llpc, Address Writer), Looked> ranges = [];

    /// <summary>The corrections among the records of a range, of which these are all leaves in order.</summary>
    public async Task<RangeCorrections> OfAsync(
        LlpcName llpc, Address writer, IReadOnlyList<IRangeLeaf> leaves, CancellationToken cancellation)
    {
        Looked before = Remembered(llpc, writer);
        ImmutableSortedSet<ulong>.Builder found = before.Corrections.ToBuilder();
        List<ulong> open = [];
        IEnumerable<RecordLeaf> unseen = leaves.OfType<RecordLeaf>().Where(leaf =>
            leaf.Index >= before.Count || before.Open.Contains(leaf.Index));
        await foreach ((RecordLeaf leaf, KeptRecord? record) in FindAsync(writer, unseen, cancellation))
        {
            // What the store lacks now, or has otherwise than it was committed, is looked at again the next time.
            if (record is null || KeptCommitment.Of(record) != new Hash256(leaf.Commitment.Span))
            {
                open.Add(leaf.Index);
            }
            else if (RecordCorrection.MayCorrect(record.Committed.Span)
                && WordOf(leaf, record).Corrects is not null)
            {
                found.Add(leaf.Index);
            }
        }

        Looked after = new((ulong)leaves.Count, found.ToImmutable(), [.. open]);
        Remember(llpc, writer, after);
        return await ReadAsync(writer, leaves, after.Corrections, cancellation);
    }

    // What corrects others is read anew each time: its content is kept by its store alone.
    private async Task<RangeCorrections> ReadAsync(
        Address writer, IReadOnlyList<IRangeLeaf> leaves, ImmutableSortedSet<ulong> places, CancellationToken end)
    {
        Dictionary<string, FoundRecord> last = new(StringComparer.Ordinal);
        IEnumerable<RecordLeaf> corrections = places
            .Where(place => place < (ulong)leaves.Count)
            .Select(place => leaves[(int)place])
            .OfType<RecordLeaf>();
        await foreach ((RecordLeaf leaf, KeptRecord? record) in FindAsync(writer, corrections, end))
        {
            if (record is not null
                && KeptCommitment.Of(record) == new Hash256(leaf.Commitment.Span)
                && WordOf(leaf, record).Corrects is { } corrected)
            {
                last[corrected] = new FoundRecord(leaf, record);
            }
        }

        return new RangeCorrections(last);
    }

    private async IAsyncEnumerable<(RecordLeaf Leaf, KeptRecord? Record)> FindAsync(
        Address writer,
        IEnumerable<RecordLeaf> leaves,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (RecordLeaf[] portion in leaves.Chunk(PortionMax))
        {
            IReadOnlyList<KeptRecord?> found =
                await kept.FindAsync(writer, [.. portion.Select(static leaf => leaf.Locator)], cancellation);
            foreach ((RecordLeaf leaf, KeptRecord? record) in portion.Zip(found))
            {
                yield return (leaf, record);
            }
        }
    }

    private static RecordWord WordOf(RecordLeaf leaf, KeptRecord record) =>
        RecordCorrection.Of(record.Type, leaf.Index, record.Committed.Span);

    private Looked Remembered(LlpcName llpc, Address writer)
    {
        lock (gate)
        {
            return ranges.GetValueOrDefault((llpc, writer)) ?? new Looked(0, [], []);
        }
    }

    // Of two who looked at once the one that saw more is remembered; one that saw an older head is not.
    private void Remember(LlpcName llpc, Address writer, Looked looked)
    {
        lock (gate)
        {
            if (ranges.GetValueOrDefault((llpc, writer)) is { } other && other.Count > looked.Count)
            {
                return;
            }

            if (ranges.Count >= RangesMax)
            {
                ranges.Clear();
            }

            ranges[(llpc, writer)] = looked;
        }
    }

    private sealed record Looked(ulong Count, ImmutableSortedSet<ulong> Corrections, ImmutableHashSet<ulong> Open);
}
