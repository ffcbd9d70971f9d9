using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>What a block hash stands for. It names no view and no leader. Rule P-6 of the protocol.</summary>
public sealed record BlockHeader
{
    /// <summary>The only version there is.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>Heights and epochs stay below 2^63, so that there is always a next one.</summary>
    public const ulong NumberMax = long.MaxValue - 1;

    /// <summary>No header is longer: ten fields, six of them hashes.</summary>
    public const int BytesMax = 512;

    /// <summary>The format's version.</summary>
    public uint Version { get; init; } = CurrentVersion;

    /// <summary>0 for the genesis header.</summary>
    public required ulong Height { get; init; }

    /// <summary>How often the validator set has changed before this height.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>The hash of the header before; the chain id for height 0.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC, greater than the parent's.</summary>
    public required long TimeUnixMs { get; init; }

    /// <summary>The Merkle list of the block's leaves.</summary>
    public required Hash256 TransactionRoot { get; init; }

    /// <summary>The Merkle list of the block's receipt leaves.</summary>
    public required Hash256 ReceiptRoot { get; init; }

    /// <summary>The state tree after the block.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>The set that certifies this header.</summary>
    public required Hash256 ValidatorsHash { get; init; }

    /// <summary>The set that certifies the next header.</summary>
    public required Hash256 NextValidatorsHash { get; init; }

    /// <summary>Whether the epoch ends with this header.</summary>
    public bool EndsEpoch => ValidatorsHash != NextValidatorsHash;

    /// <summary>Reads canonical bytes (P-3).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out BlockHeader? header)
    {
        header = null;
        if (bytes.Length > BytesMax
            || !CanonicalMessage.TryParse(Protos.BlockHeader.Parser, bytes, out Protos.BlockHeader? message)
            || message.Version != CurrentVersion
            || message.Height > NumberMax
            || message.Epoch > NumberMax
            || !Hash256.TryRead(message.ParentHash.Span, out Hash256 parent)
            || !Hash256.TryRead(message.TransactionRoot.Span, out Hash256 transactions)
            || !Hash256.TryRead(message.ReceiptRoot.Span, out Hash256 receipts)
            || !Hash256.TryRead(message.StateRoot.Span, out Hash256 state)
            || !Hash256.TryRead(message.ValidatorsHash.Span, out Hash256 validators)
            || !Hash256.TryRead(message.NextValidatorsHash.Span, out Hash256 nextValidators))
        {
            return false;
        }

        header = new BlockHeader
        {
            Version = message.Version,
            Height = message.Height,
            Epoch = message.Epoch,
            ParentHash = parent,
            TimeUnixMs = message.TimeUnixMs,
            TransactionRoot = transactions,
            ReceiptRoot = receipts,
            StateRoot = state,
            ValidatorsHash = validators,
            NextValidatorsHash = nextValidators,
        };
        return true;
    }

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode() => new Protos.BlockHeader
    {
        Version = Version,
        Height = Height,
        Epoch = Epoch,
        ParentHash = ByteString.CopyFrom(ParentHash.ToArray()),
        TimeUnixMs = TimeUnixMs,
        TransactionRoot = ByteString.CopyFrom(TransactionRoot.ToArray()),
        ReceiptRoot = ByteString.CopyFrom(ReceiptRoot.ToArray()),
        StateRoot = ByteString.CopyFrom(StateRoot.ToArray()),
        ValidatorsHash = ByteString.CopyFrom(ValidatorsHash.ToArray()),
        NextValidatorsHash = ByteString.CopyFrom(NextValidatorsHash.ToArray()),
    }.ToByteArray();

    /// <summary>H(header, bytes), of bytes as received.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> bytes) => TaggedHash.Of(Tags.Header, bytes);
}
