using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// A header with the leaves of its transactions: all of a block that consensus sees. Bodies stay outside. A value of
/// this type holds a canonical header, at most <see cref="LeavesMax"/> leaves, and leaves that hash to the header's
/// transaction root.
/// </summary>
public sealed class ProposalBlock
{
    /// <summary>The protocol's limit of transactions in a block.</summary>
    public const int LeavesMax = 4096;

    private ProposalBlock(byte[] headerBytes, BlockHeader header, ImmutableArray<Hash256> leaves)
    {
        HeaderBytes = headerBytes;
        Header = header;
        Leaves = leaves;
        Hash = BlockHeader.HashOf(headerBytes);
    }

    /// <summary>The header as received.</summary>
    public ReadOnlyMemory<byte> HeaderBytes { get; }

    /// <summary>The header, read.</summary>
    public BlockHeader Header { get; }

    /// <summary>The block hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>The block leaves in order.</summary>
    public ImmutableArray<Hash256> Leaves { get; }

    /// <summary>The height, from the header.</summary>
    public ulong Height => Header.Height;

    /// <summary>
    /// Makes a block of one's own; throws <see cref="ArgumentException"/> when the leaves are not the header's.
    /// </summary>
    public static ProposalBlock Of(BlockHeader header, ImmutableArray<Hash256> leaves) =>
        leaves.Length <= LeavesMax && MerkleList.Root(leaves.AsSpan()) == header.TransactionRoot
            ? new ProposalBlock(header.Encode(), header, leaves)
            : throw new ArgumentException("The leaves are not those of the header.", nameof(leaves));

    /// <summary>Reads the two fields of a proposal message.</summary>
    public static bool TryRead(Protos.Proposal? message, [NotNullWhen(true)] out ProposalBlock? block)
    {
        block = null;
        if (message is null
            || message.Leaves.Length % Hash256.Size != 0
            || message.Leaves.Length / Hash256.Size > LeavesMax
            || !BlockHeader.TryDecode(message.Header.Span, out BlockHeader? header))
        {
            return false;
        }

        Hash256[] leaves = new Hash256[message.Leaves.Length / Hash256.Size];
        ReadOnlySpan<byte> bytes = message.Leaves.Span;
        for (int place = 0; place < leaves.Length; place++)
        {
            leaves[place] = new Hash256(bytes.Slice(place * Hash256.Size, Hash256.Size));
        }

        if (MerkleList.Root(leaves) != header.TransactionRoot)
        {
            return false;
        }

        block = new ProposalBlock(message.Header.ToByteArray(), header, [.. leaves]);
        return true;
    }

    /// <summary>Reads canonical bytes of a proposal message.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ProposalBlock? block)
    {
        block = null;
        return CanonicalMessage.TryParse(Protos.Proposal.Parser, bytes, out Protos.Proposal? message)
            && TryRead(message, out block);
    }

    /// <summary>The proposal message.</summary>
    public Protos.Proposal ToMessage()
    {
        byte[] bytes = new byte[Leaves.Length * Hash256.Size];
        for (int place = 0; place < Leaves.Length; place++)
        {
            Leaves[place].CopyTo(bytes.AsSpan(place * Hash256.Size));
        }

        return new Protos.Proposal
        {
            Header = ByteString.CopyFrom(HeaderBytes.Span),
            Leaves = UnsafeByteOperations.UnsafeWrap(bytes),
        };
    }

    /// <summary>The canonical bytes of the proposal message.</summary>
    public byte[] Encode() => ToMessage().ToByteArray();
}
