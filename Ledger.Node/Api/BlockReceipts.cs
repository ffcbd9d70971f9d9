using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>What the receipts of one decided block have in common, so that each is read off. Thread-safe.</summary>
public sealed class BlockReceipts
{
    private readonly StoredResults results;
    private readonly MerkleListTree leaves;

    /// <summary>Hashes the results of a block.</summary>
    /// <param name="transactionIds">The ids of its transactions, one after the other.</param>
    /// <param name="results">The results of its operations, in order.</param>
    /// <param name="block">Its certified header.</param>
    /// <param name="epoch">The epoch of its certificate.</param>
    public BlockReceipts(
        ReadOnlySpan<byte> transactionIds, StoredResults results, CertifiedHeader block, ulong epoch)
    {
        this.results = results;
        Block = block;
        Epoch = epoch;
        Hash256[] hashes = new Hash256[results.Results.Count];
        for (int at = 0; at < hashes.Length; at++)
        {
            StoredResult result = results.Results[at];
            Hash256 id = new(transactionIds.Slice((int)result.Transaction * Hash256.Size, Hash256.Size));
            hashes[at] = OperationReceipt.LeafOf(
                new OperationPlace(id, (int)result.Group, (int)result.Operation), result.Result.Span);
        }

        leaves = new MerkleListTree(hashes);
    }

    /// <summary>The certified header.</summary>
    public CertifiedHeader Block { get; }

    /// <summary>The epoch of the certificate.</summary>
    public ulong Epoch { get; }

    /// <summary>How many operations the block has.</summary>
    public int Count => leaves.Count;

    /// <summary>The result of an operation and the path to it, or null where the block has no such operation.</summary>
    public (ByteString Result, ListProof Path)? Find(uint transaction, uint group, uint operation)
    {
        for (int at = 0; at < results.Results.Count; at++)
        {
            StoredResult result = results.Results[at];
            if (result.Transaction == transaction && result.Group == group && result.Operation == operation)
            {
                return (result.Result, PathOf(at));
            }
        }

        return null;
    }

    private ListProof PathOf(int index)
    {
        ListProof proof = new() { Index = (ulong)index, Count = (ulong)leaves.Count };
        foreach (Hash256 hash in leaves.Path(index))
        {
            proof.Path.Add(UnsafeByteOperations.UnsafeWrap(hash.ToArray()));
        }

        return proof;
    }
}
