using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Trail;

/// <summary>
/// Reads a learner's trail: all entries that the ledger counts, proved, and what each says, from the box that made it
/// or from a custodian.
/// An entry that no box opens is told as such, never left out.
/// </summary>
/// <param name="node">A node of the learner's choice.</param>
/// <param name="trust">What proofs start from.</param>
/// <param name="key">The learner's key, to which entries are sealed.</param>
/// <param name="boxOf">The node of an institution's box, or null where it publishes none.</param>
public sealed class TrailReader(
    LedgerClient node, TrustRoot trust, EncryptionKey key, Func<Address, CancellationToken, Task<LedgerClient?>> boxOf)
{
    /// <summary>Entries whose content is asked for at once.</summary>
    public const int ContentsMax = 100;

    private const uint PageMax = 1000;

    /// <summary>The reads in the order of the ledger.</summary>
    public async Task<IReadOnlyList<TrailRead>> ReadAsync(Address learner, CancellationToken cancellation)
    {
        RecordRange range = await RangeAsync(learner, cancellation).ConfigureAwait(false);
        IReadOnlyList<TrailLeaf> leaves = await LeavesAsync(learner, range.Count, cancellation).ConfigureAwait(false);
        RequireAll(range, leaves);
        TrailRead[] reads = new TrailRead[leaves.Count];
        foreach (IGrouping<ByteString, TrailLeaf> box in leaves.GroupBy(static leaf => leaf.Institution))
        {
            await OpenAllAsync(learner, new Address(box.Key.Span), box, reads, cancellation).ConfigureAwait(false);
        }

        await AskHoldersAsync(learner, reads, cancellation).ConfigureAwait(false);
        return reads;
    }

    // What a box does not show, because it is gone, whoever took its records over may have: each holder is asked.
    private async Task AskHoldersAsync(Address learner, TrailRead[] reads, CancellationToken cancellation)
    {
        if (reads.All(static read => read.Content is not null))
        {
            return;
        }

        await foreach (StateItem<Holding> holder in node.ListAsync(
            StateKeys.Prefix(StateKind.Holding, learner), Holding.Parser, cancellation).ConfigureAwait(false))
        {
            Address box = new(holder.Part(1));
            await OpenAllAsync(
                learner,
                box,
                [
                    .. reads.Where(read =>
                            read.Content is null && !read.Leaf.Institution.Span.SequenceEqual(box.ToArray()))
                        .Select(static read => read.Leaf),
                ],
                reads,
                cancellation).ConfigureAwait(false);
        }
    }

    private async Task OpenAllAsync(
        Address learner, Address box, IEnumerable<TrailLeaf> leaves, TrailRead[] reads, CancellationToken cancellation)
    {
        foreach (TrailLeaf[] portion in leaves.Chunk(ContentsMax))
        {
            await OpenAsync(learner, box, portion, reads, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<RecordRange> RangeAsync(Address learner, CancellationToken cancellation)
    {
        StateKey stateKey = StateKeys.Trail(learner);
        StateEvidence evidence = await node.GetStateAsync(stateKey.Raw, cancellation).ConfigureAwait(false);
        VerificationReport report =
            ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust);
        if (report.Verdict == Verdict.Failed || !evidence.Key.Span.SequenceEqual(stateKey.Raw.Span))
        {
            throw NotVerified("The node does not prove how many reads the ledger counts.");
        }

        return evidence.Value.IsEmpty ? new RecordRange() : RecordRange.Parser.ParseFrom(evidence.Value);
    }

    private async Task<IReadOnlyList<TrailLeaf>> LeavesAsync(
        Address learner, ulong count, CancellationToken cancellation)
    {
        List<TrailLeaf> leaves = [];
        while ((ulong)leaves.Count < count)
        {
            TrailPage page = await node.ListTrailAsync(
                new TrailRequest
                {
                    Learner = ByteString.CopyFrom(learner.ToArray()),
                    FromIndex = (ulong)leaves.Count,
                    Limit = (uint)Math.Min(PageMax, count - (ulong)leaves.Count),
                },
                cancellation).ConfigureAwait(false);
            if (page.Entries.Count == 0 || (ulong)(leaves.Count + page.Entries.Count) > count)
            {
                throw NotVerified("The node does not list as many reads as the ledger counts.");
            }

            leaves.AddRange(page.Entries);
        }

        return leaves;
    }

    private static void RequireAll(RecordRange range, IReadOnlyList<TrailLeaf> leaves)
    {
        RecordRange computed = new() { Erased = range.Erased };
        foreach (TrailLeaf leaf in leaves)
        {
            if (leaf.Index != computed.Count || !leaf.IsWellFormed)
            {
                throw NotVerified("The node's list of reads is not the ledger's.");
            }

            RecordRanges.Append(computed, leaf.LeafHash, leaf.Height);
        }

        if (!computed.Equals(range))
        {
            throw NotVerified("The node's list of reads is not the ledger's.");
        }
    }

    private async Task OpenAsync(
        Address learner, Address box, TrailLeaf[] portion, TrailRead[] reads, CancellationToken cancellation)
    {
        TrailContents contents = new();
        string problem = "the institution does not show what it was";
        try
        {
            if (await boxOf(box, cancellation).ConfigureAwait(false) is { } client)
            {
                TrailContentRequest request = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
                request.Commitments.AddRange(portion.Select(static leaf => leaf.Commitment));
                contents = await client.OpenTrailAsync(request, cancellation).ConfigureAwait(false);
            }
            else
            {
                problem = "the institution publishes no box that could be asked";
            }
        }
        catch (LedgerClientException failure)
        {
            // One box that does not answer must not hide what the others say.
            problem = failure.Message;
        }

        foreach (TrailLeaf leaf in portion)
        {
            TrailContent? sealedContent = contents.Contents.FirstOrDefault(one => one.Commitment == leaf.Commitment);
            TrailEntry? entry = null;
            bool opens = sealedContent?.Content is not null && TrailEntries.TryOpen(
                sealedContent.Content, key, new Hash256(leaf.Commitment.Span), out entry);
            if (opens || reads[leaf.Index] is null)
            {
                reads[leaf.Index] = new TrailRead(leaf, entry, opens ? string.Empty : problem);
            }
        }
    }

    private static LedgerClientException NotVerified(string sentence) =>
        new(ClientFailure.NotVerified, sentence + " Ask another node.");
}
