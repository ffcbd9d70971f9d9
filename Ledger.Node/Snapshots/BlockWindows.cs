using System.Diagnostics.CodeAnalysis;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Primitives;
using Certificate = Ledger.Consensus.Certificate;

namespace Ledger.Node.Snapshots;

/// <summary>
/// The newest blocks that come with a snapshot: those of the replay window, the one before it, and the heads that
/// contracts may ask for. Rule N-5 of the protocol.
/// </summary>
public static class BlockWindows
{
    /// <summary>Contracts see the hashes of so many blocks before their own.</summary>
    public const ulong BlocksMin = 100;

    /// <summary>
    /// Whether no block below is needed for a snapshot of this block time, in ms since 1970-01-01 UTC:
    /// <paramref name="count"/> blocks are held, the lowest with this header.
    /// </summary>
    public static bool IsEnough(long timeUnixMs, ulong count, ReadOnlySpan<byte> lowestHeader) =>
        BlockHeader.TryDecode(lowestHeader, out BlockHeader? lowest)
        && (lowest.Height == 1
            || (count >= BlocksMin && lowest.TimeUnixMs < timeUnixMs - RecentTransactions.WindowMs));

    /// <summary>
    /// A block as it is stored; false where it is not the block of this height and hash, the pairs are not those of its
    /// header, or its certificate does not decide it.
    /// </summary>
    public static bool TryRead(
        WindowBlock message,
        ulong height,
        Hash256 hash,
        CertifiedChain certified,
        [NotNullWhen(true)] out BlockHeader? header,
        [NotNullWhen(true)] out StoredBlock? stored)
    {
        header = null;
        stored = null;
        if (message.Block is null
            || BlockHeader.HashOf(message.Block.Header.Span) != hash
            || !BlockHeader.TryDecode(message.Block.Header.Span, out BlockHeader? read)
            || read.Height != height
            || !certified.IsDecided(message.Block)
            || !Certificate.TryRead(message.Block.Certificate, out Certificate? certificate)
            || !BlockTransactions.TryRead(
                message.Transactions.Span, read.TransactionRoot, out BlockTransactions? transactions)
            || transactions.Leaves.Count > ProposalBlock.LeavesMax)
        {
            return false;
        }

        header = read;
        stored = new StoredBlock
        {
            Block = new Consensus.Protos.CertifiedProposal
            {
                Proposal = ProposalBlock.Of(read, [.. transactions.Leaves]).ToMessage(),
                Certificate = certificate.ToMessage(),
            },
            TransactionIds = Join(transactions.Ids),
            SignatureLists = Join(transactions.SignatureLists),
        };
        return true;
    }

    private static Google.Protobuf.ByteString Join(IReadOnlyList<Hash256> hashes)
    {
        byte[] bytes = new byte[hashes.Count * Hash256.Size];
        for (int place = 0; place < hashes.Count; place++)
        {
            hashes[place].CopyTo(bytes.AsSpan(place * Hash256.Size));
        }

        return Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes);
    }
}
