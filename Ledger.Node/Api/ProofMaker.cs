using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;
using Microsoft.Extensions.Caching.Memory;

namespace Ledger.Node.Api;

/// <summary>
/// Makes self-contained proofs: receipts and state evidence, with what leads from the genesis document to them.
/// </summary>
public sealed class ProofMaker(byte[] genesis, ChainReader reader) : IDisposable
{
    /// <summary>
    /// Operations of all blocks whose receipts are kept ready, about 300 bytes each; a block of more is read each time.
    /// </summary>
    private const int OperationsKept = 32 * 1024;

    /// <summary>Header and certificate of a block take up as much as so many operations.</summary>
    private const int OperationsOfBlock = 8;

    private const uint Version = 1;

    private readonly MemoryCache recent = new(new MemoryCacheOptions { SizeLimit = OperationsKept });
    private volatile KeptMembership? latest;

    /// <summary>What an answer "there is none" must add where blocks are missing.</summary>
    public string Reservation => reader.Reservation;

    /// <inheritdoc/>
    public void Dispose() => recent.Dispose();

    /// <summary>The genesis document and the last certified header of each epoch before this one.</summary>
    public MembershipChain Membership(ulong untilEpoch)
    {
        MembershipChain membership = new() { Genesis = ByteString.CopyFrom(genesis) };
        for (ulong epoch = 0; epoch < untilEpoch; epoch++)
        {
            membership.Ends.Add(reader.EpochEnd(epoch)
                ?? throw new InvalidOperationException($"the end of epoch {epoch} is not on disk"));
        }

        return membership;
    }

    /// <summary>The receipt of one operation of a decided transaction, or null.</summary>
    public Receipt? Receipt(Hash256 transactionId, uint group, uint operation)
    {
        if (reader.Place(transactionId) is not { } place
            || BlockOf(place.Height) is not { } block
            || reader.Body(new Hash256(place.Leaf.Span)) is not { } body
            || block.Find(place.Transaction, group, operation) is not (ByteString result, ListProof path))
        {
            return null;
        }

        return new Receipt
        {
            Version = Version,
            Membership = MembershipOf(block.Epoch),
            Block = block.Block,
            Transaction = SignedTransaction.Parser.ParseFrom(body),
            Group = group,
            Operation = operation,
            Result = result,
            Path = path,
        };
    }

    /// <summary>
    /// Evidence of a key's value, or of its absence, at the head; null while the chain has no certified block.
    /// </summary>
    public StateEvidence? State(LedgerHead head, byte[] rawKey)
    {
        if (Head(head) is not (MembershipChain membership, CertifiedHeader block))
        {
            return null;
        }

        StateKey key = new(rawKey);
        head.State.TryGet(key, out ReadOnlyMemory<byte> value);
        return new StateEvidence
        {
            Version = Version,
            Membership = membership,
            Block = block,
            Key = ByteString.CopyFrom(rawKey),
            Value = ByteString.CopyFrom(value.Span),
            Proof = head.State.Tree.Prove(key.Hash),
        };
    }

    /// <summary>What all evidence at one head has in common; null while the chain has no certified block.</summary>
    public (MembershipChain Membership, CertifiedHeader Block)? Head(LedgerHead head) => head.Height == 0
        ? null
        : (Membership(head.Header.Epoch), reader.CertifiedHeader(head.Height));

    // Receipts that are asked for one after the other are mostly of one epoch, which is kept once for all of them.
    private MembershipChain MembershipOf(ulong epoch)
    {
        if (latest is { } kept && kept.Epoch == epoch)
        {
            return kept.Chain;
        }

        MembershipChain chain = Membership(epoch);
        latest = new KeptMembership(epoch, chain);
        return chain;
    }

    // What was decided stays, so that a block is read and hashed once while its receipts are asked for.
    private BlockReceipts? BlockOf(ulong height)
    {
        if (recent.TryGetValue(height, out BlockReceipts? known))
        {
            return known;
        }

        if (reader.Results(height) is not { } results || reader.Block(height) is not { } block)
        {
            return null;
        }

        BlockReceipts receipts = new(
            block.TransactionIds.Span, results, reader.CertifiedHeader(height), block.Block.Certificate.Epoch);
        return recent.Set(height, receipts, new MemoryCacheEntryOptions { Size = receipts.Count + OperationsOfBlock });
    }

    private sealed record KeptMembership(ulong Epoch, MembershipChain Chain);
}
