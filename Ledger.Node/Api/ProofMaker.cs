using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Makes self-contained proofs: receipts and state evidence, with what leads from the genesis document to them.
/// </summary>
public sealed class ProofMaker(byte[] genesis, ChainReader reader)
{
    private const uint Version = 1;

    /// <summary>What an answer "there is none" must add where blocks are missing.</summary>
    public string Reservation => reader.Reservation;

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
            || reader.Results(place.Height) is not { } results
            || reader.Block(place.Height) is not { } block
            || reader.Body(new Hash256(place.Leaf.Span)) is not { } body)
        {
            return null;
        }

        Hash256[] leaves = new Hash256[results.Results.Count];
        int index = -1;
        ReadOnlySpan<byte> ids = block.TransactionIds.Span;
        for (int at = 0; at < leaves.Length; at++)
        {
            StoredResult result = results.Results[at];
            Hash256 id = new(ids.Slice((int)result.Transaction * Hash256.Size, Hash256.Size));
            leaves[at] = OperationReceipt.LeafOf(
                new OperationPlace(id, (int)result.Group, (int)result.Operation), result.Result.Span);
            if (result.Transaction == place.Transaction && result.Group == group && result.Operation == operation)
            {
                index = at;
            }
        }

        return index < 0 ? null : new Receipt
        {
            Version = Version,
            Membership = Membership(EpochOf(block)),
            Block = reader.CertifiedHeader(place.Height),
            Transaction = SignedTransaction.Parser.ParseFrom(body),
            Group = group,
            Operation = operation,
            Result = results.Results[index].Result,
            Path = PathOf(leaves, index),
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

    private static ulong EpochOf(StoredBlock block) => block.Block.Certificate.Epoch;

    private static ListProof PathOf(Hash256[] leaves, int index)
    {
        ListProof proof = new() { Index = (ulong)index, Count = (ulong)leaves.Length };
        proof.Path.AddRange(MerkleList.Path(leaves, index).Select(hash => ByteString.CopyFrom(hash.ToArray())));
        return proof;
    }
}
