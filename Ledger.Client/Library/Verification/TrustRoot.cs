using System.Diagnostics.CodeAnalysis;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// What a verifier trusts from the outset (F-3): a checkpoint that it has from a trusted source, or the genesis
/// document alone.
/// </summary>
public sealed class TrustRoot
{
    // The membership chain of a proof bears the genesis document; a consortium of hundreds of founders fits.
    private const int GenesisBytesMax = 1024 * 1024;

    private readonly byte[] header;
    private readonly ValidatorSet nextSet;

    private TrustRoot(Hash256 chainId, byte[] header, ValidatorSet nextSet, bool isGenesis, BlockHeader decoded)
    {
        ChainId = chainId;
        this.header = header;
        this.nextSet = nextSet;
        IsGenesis = isGenesis;
        Height = decoded.Height;
        BlockHash = BlockHeader.HashOf(header);
    }

    /// <summary>The chain.</summary>
    public Hash256 ChainId { get; }

    /// <summary>Whether only the genesis document is trusted.</summary>
    public bool IsGenesis { get; }

    /// <summary>The height of the checkpoint; 0 for genesis.</summary>
    public ulong Height { get; }

    /// <summary>The hash of the checkpoint's header, or of the header of height 0.</summary>
    public Hash256 BlockHash { get; }

    /// <summary>What a verification from here rests on, as a sentence.</summary>
    public string Assumption => IsGenesis
        ? "This starts from the genesis document and assumes that no q former keys collude."
        : FormattableString.Invariant($"This starts from the trusted checkpoint at height {Height}.");

    /// <summary>Trusts a genesis document; false when the bytes are none, or it has no validators.</summary>
    public static bool TryFromGenesis(ReadOnlySpan<byte> genesis, [NotNullWhen(true)] out TrustRoot? root)
    {
        root = null;
        if (genesis.Length > GenesisBytesMax)
        {
            return false;
        }

        try
        {
            root = FromGenesis(GenesisState.Build(genesis));
            return true;
        }
        catch (Exception failure) when (failure is GenesisFormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Trusts a header and the set that it names as the next; false when they do not fit.</summary>
    public static bool TryFromCheckpoint(
        Hash256 chainId, ReadOnlySpan<byte> header, ReadOnlySpan<byte> nextSet, [NotNullWhen(true)] out TrustRoot? root)
    {
        root = BlockHeader.TryDecode(header, out BlockHeader? decoded)
            && ValidatorSet.TryDecode(nextSet, out ValidatorSet? set)
            && set.Hash == decoded.NextValidatorsHash
                ? new TrustRoot(chainId, header.ToArray(), set, isGenesis: false, decoded)
                : null;
        return root is not null;
    }

    internal ChainVerifier Start(ISignatureVerifier verifier) =>
        ChainVerifier.FromCheckpoint(ChainId, header, nextSet, verifier)
        ?? throw new InvariantException("a trust root's header names its next set");

    private static TrustRoot FromGenesis(GenesisState genesis)
    {
        ValidatorSet set = ValidatorSet.Of(
            genesis.Validators.Select(static seat => new Validator(seat.Address, seat.VoteKey)));
        BlockHeader header = new()
        {
            Height = 0,
            Epoch = 0,
            ParentHash = genesis.ChainId,
            TimeUnixMs = genesis.TimeUnixMs,
            TransactionRoot = genesis.TransactionRoot,
            ReceiptRoot = genesis.ReceiptRoot,
            StateRoot = genesis.State.Root,
            ValidatorsHash = set.Hash,
            NextValidatorsHash = set.Hash,
        };
        return new TrustRoot(genesis.ChainId, header.Encode(), set, isGenesis: true, header);
    }
}
