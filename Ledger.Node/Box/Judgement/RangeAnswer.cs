using Google.Protobuf;
using Ledger.Client.Corrections;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Builds the answer about one range, place by place: what is as the ledger committed it, covered by the right and
/// wanted is released with its proof; the rest is named or counted, so that every place is accounted for once. Rule B-7
/// of <c>docs/secure-box.md</c>.
/// </summary>
public sealed class RangeAnswer
{
    private readonly RangeQuestion question;
    private readonly RangeProver prover;
    private readonly WriterRecords answer;

    /// <summary>Begins at a place, or behind the last one.</summary>
    public RangeAnswer(RangeQuestion question, ulong fromIndex)
    {
        this.question = question;
        prover = new RangeProver([.. question.Leaves.Select(static leaf => leaf.LeafHash)]);
        Invariant.That(prover.Count == question.Range.Count, "the leaves of a range are on disk");
        ulong from = Math.Min(fromIndex, prover.Count);
        answer = new WriterRecords
        {
            Writer = ByteString.CopyFrom(question.Writer.Writer.ToArray()),
            Range = question.Range,
            RangeProof = question.RangeProof,
            FromIndex = from,
            NextIndex = from,
        };
    }

    /// <summary>The answer so far.</summary>
    public WriterRecords Records => answer;

    /// <summary>Content of the released records in bytes.</summary>
    public int ContentBytes { get; private set; }

    /// <summary>
    /// Places that the limits of the right do not cover, or of which nobody can tell; the reader's own filter counts
    /// for nothing.
    /// </summary>
    public int OutsideLimits { get; private set; }

    /// <summary>Takes the next place, and says what became of its record.</summary>
    public AskedState Add(FoundRecord found)
    {
        Invariant.That(found.Leaf.Index == answer.NextIndex, "places are answered in order");
        answer.NextIndex++;
        if (found.Record is not { } record)
        {
            if (HasLimits)
            {
                return Hold();
            }

            answer.Unavailable.Add(found.Leaf.Index);
            return AskedState.Unavailable;
        }

        Hash256 computed = KeptCommitment.Of(record);
        if (computed != new Hash256(found.Leaf.Commitment.Span))
        {
            if (HasLimits)
            {
                return Hold();
            }

            answer.Mismatches.Add(new Mismatch
            {
                Index = found.Leaf.Index,
                Committed = found.Leaf.Commitment,
                Computed = ByteString.CopyFrom(computed.ToArray()),
            });
            return AskedState.Tampered;
        }

        // To a reader with limits an earlier word is as withheld as what they do not cover: that it is corrected would
        // tell of the later one, which they may not cover.
        FoundRecord? correction = question.Corrections.Of(found.Leaf.Index, record);
        if (!question.Writer.Permit.Covers(record) || (correction is not null && HasLimits))
        {
            return Hold();
        }

        if (!IsWanted(record))
        {
            answer.Withheld++;
            return AskedState.Unknown;
        }

        if (correction is not null)
        {
            answer.Superseded.Add(SupersededProof.Make(
                Released(found.Leaf, record), Released(correction.Leaf, correction.Record!)));
            return AskedState.Superseded;
        }

        Release(found.Leaf, record);
        return AskedState.Returned;
    }

    /// <summary>Shows the tombstone that stands at the next place: to erase a record is to say so.</summary>
    public void Add(TombstoneLeaf tombstone)
    {
        Invariant.That(tombstone.Index == answer.NextIndex, "places are answered in order");
        answer.NextIndex++;
        answer.Erased.Add(new ErasedRecord
        {
            RecordHeight = tombstone.Height,
            ErasedHeight = tombstone.ErasedHeight,
            Proof = prover.Prove(tombstone.Index),
        });
    }

    /// <summary>Passes over a place that is not asked for, without looking at what the store has.</summary>
    public void Pass(RecordLeaf leaf)
    {
        Invariant.That(leaf.Index == answer.NextIndex, "places are answered in order");
        answer.NextIndex++;
        answer.Withheld++;
    }

    /// <summary>The id of a record that matches its commitment.</summary>
    public static string IdOf(KeptRecord record) => CommittedRecord.Read(record.Type, record.Committed.Span).Id;

    private bool HasLimits => question.Writer.Permit.Limits.Count > 0;

    // Whether limits cover a record only the record itself can tell: of one that is missing or damaged nobody knows, so
    // a reader with limits is told of it what it is told of those outside.
    private AskedState Hold()
    {
        OutsideLimits++;
        answer.Withheld++;
        return AskedState.Unknown;
    }

    private bool IsWanted(KeptRecord record) =>
        !BoxFilters.IsNarrow(question.Filter)
        || ((IsTimed(question.Filter!) ? CommittedTimes.Of(record.Type, record.Committed.Span) : 0) is { } time
            && BoxFilters.Wants(question.Filter, IdOf(record), record.Type, record.Committed.Span, time));

    private static bool IsTimed(BoxFilter filter) => filter.FromUnixMs != 0 || filter.UntilUnixMs != 0;

    private void Release(RecordLeaf leaf, KeptRecord record)
    {
        answer.Records.Add(Released(leaf, record));
        ContentBytes += record.Committed.Length;
    }

    private ReleasedRecord Released(RecordLeaf leaf, KeptRecord record) => new()
    {
        Leaf = leaf,
        Proof = prover.Prove(leaf.Index),
        Type = RecordTypeNames.Of(record.Type),
        Content = UnsafeByteOperations.UnsafeWrap(record.Committed),
        Salt = UnsafeByteOperations.UnsafeWrap(record.Salt),
    };
}
