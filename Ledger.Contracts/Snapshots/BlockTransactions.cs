using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>
/// The transactions of a block as a snapshot names them: id and hash of the signature list of each, in order. Rule R-2
/// and N-5 of the protocol.
/// </summary>
public sealed class BlockTransactions
{
    private const int PairBytes = 2 * Hash256.Size;

    private BlockTransactions(Hash256[] ids, Hash256[] signatureLists, Hash256[] leaves)
    {
        Ids = ids;
        SignatureLists = signatureLists;
        Leaves = leaves;
    }

    /// <summary>The ids.</summary>
    public IReadOnlyList<Hash256> Ids { get; }

    /// <summary>The hashes of the signature lists.</summary>
    public IReadOnlyList<Hash256> SignatureLists { get; }

    /// <summary>What the block's header is over.</summary>
    public IReadOnlyList<Hash256> Leaves { get; }

    /// <summary>Reads the pairs of a block whose header has this transaction root; false where they are not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> pairs, Hash256 transactionRoot, [NotNullWhen(true)] out BlockTransactions? transactions)
    {
        transactions = null;
        if (pairs.Length % PairBytes != 0)
        {
            return false;
        }

        int count = pairs.Length / PairBytes;
        Hash256[] ids = new Hash256[count];
        Hash256[] lists = new Hash256[count];
        Hash256[] leaves = new Hash256[count];
        for (int place = 0; place < count; place++)
        {
            ids[place] = new Hash256(pairs.Slice(place * PairBytes, Hash256.Size));
            lists[place] = new Hash256(pairs.Slice((place * PairBytes) + Hash256.Size, Hash256.Size));
            leaves[place] = TransactionId.Leaf(ids[place], lists[place]);
        }

        transactions = MerkleList.Root(leaves) == transactionRoot ? new BlockTransactions(ids, lists, leaves) : null;
        return transactions is not null;
    }

    /// <summary>The pairs, to be read by <see cref="TryRead"/>.</summary>
    public static byte[] Encode(IReadOnlyList<Hash256> ids, IReadOnlyList<Hash256> signatureLists)
    {
        Invariant.That(ids.Count == signatureLists.Count);
        byte[] pairs = new byte[ids.Count * PairBytes];
        for (int place = 0; place < ids.Count; place++)
        {
            ids[place].CopyTo(pairs.AsSpan(place * PairBytes));
            signatureLists[place].CopyTo(pairs.AsSpan((place * PairBytes) + Hash256.Size));
        }

        return pairs;
    }
}
