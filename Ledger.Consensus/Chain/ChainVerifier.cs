using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Follows a chain from plain parts, trusting only where it starts (F-3): a genesis header of a known chain id, or a
/// checkpoint. <see cref="TryAdvance"/> takes every header in order; <see cref="TryAdvanceEpoch"/> takes only the
/// headers that end an epoch, which is all that a proof of a later header needs.
/// </summary>
public sealed class ChainVerifier
{
    private readonly Hash256 chainId;
    private readonly ISignatureVerifier verifier;

    private ChainVerifier(
        Hash256 chainId, ulong height, Hash256 headHash, long timeUnixMs, ulong epoch, ValidatorSet set,
        ISignatureVerifier verifier)
    {
        this.chainId = chainId;
        this.verifier = verifier;
        Height = height;
        HeadHash = headHash;
        HeadTimeUnixMs = timeUnixMs;
        NextEpoch = epoch;
        NextSet = set;
    }

    /// <summary>The height of the last header taken.</summary>
    public ulong Height { get; private set; }

    /// <summary>The hash of the last header taken.</summary>
    public Hash256 HeadHash { get; private set; }

    /// <summary>The time of the last header taken.</summary>
    public long HeadTimeUnixMs { get; private set; }

    /// <summary>The epoch of the next height.</summary>
    public ulong NextEpoch { get; private set; }

    /// <summary>The set that certifies the next height.</summary>
    public ValidatorSet NextSet { get; private set; }

    /// <summary>
    /// Starts at a header of height 0; null when the parts do not fit the chain id or one another (P-5).
    /// </summary>
    public static ChainVerifier? FromGenesis(
        Hash256 chainId, ReadOnlySpan<byte> genesisHeader, ValidatorSet firstSet, ISignatureVerifier verifier) =>
        BlockHeader.TryDecode(genesisHeader, out BlockHeader? header)
        && header.Height == 0
        && header.ParentHash == chainId
            ? FromCheckpoint(chainId, genesisHeader, firstSet, verifier)
            : null;

    /// <summary>
    /// Starts at a header that is trusted, with the set that it names as the next; null when they do not fit.
    /// </summary>
    public static ChainVerifier? FromCheckpoint(
        Hash256 chainId, ReadOnlySpan<byte> trustedHeader, ValidatorSet nextSet, ISignatureVerifier verifier)
    {
        if (!BlockHeader.TryDecode(trustedHeader, out BlockHeader? header) || header.NextValidatorsHash != nextSet.Hash)
        {
            return null;
        }

        ulong epoch = header.EndsEpoch ? header.Epoch + 1 : header.Epoch;
        return new ChainVerifier(
            chainId, header.Height, BlockHeader.HashOf(trustedHeader), header.TimeUnixMs, epoch, nextSet, verifier);
    }

    /// <summary>
    /// Takes the next header. <paramref name="nextSet"/> is needed only where the epoch ends. False, and nothing
    /// changed, when height, parent, time, epoch, sets or certificate do not fit.
    /// </summary>
    public bool TryAdvance(ReadOnlySpan<byte> headerBytes, Certificate certificate, ValidatorSet? nextSet) =>
        BlockHeader.TryDecode(headerBytes, out BlockHeader? header)
        && header.Height == Height + 1
        && header.ParentHash == HeadHash
        && header.TimeUnixMs > HeadTimeUnixMs
        && TryTake(headerBytes, header, certificate, nextSet);

    /// <summary>Takes a later header that ends the current epoch, skipping those between.</summary>
    public bool TryAdvanceEpoch(ReadOnlySpan<byte> headerBytes, Certificate certificate, ValidatorSet nextSet) =>
        BlockHeader.TryDecode(headerBytes, out BlockHeader? header)
        && header.Height > Height
        && header.EndsEpoch
        && TryTake(headerBytes, header, certificate, nextSet);

    /// <summary>Whether a later header of the current epoch is decided; changes nothing.</summary>
    public bool Confirms(ReadOnlySpan<byte> headerBytes, Certificate certificate) =>
        BlockHeader.TryDecode(headerBytes, out BlockHeader? header)
        && header.Height > Height
        && IsDecided(headerBytes, header, certificate);

    private bool TryTake(
        ReadOnlySpan<byte> headerBytes, BlockHeader header, Certificate certificate, ValidatorSet? nextSet)
    {
        ValidatorSet? following = header.EndsEpoch ? nextSet : NextSet;
        if (following is null
            || following.Hash != header.NextValidatorsHash
            || !IsDecided(headerBytes, header, certificate))
        {
            return false;
        }

        Height = header.Height;
        HeadHash = BlockHeader.HashOf(headerBytes);
        HeadTimeUnixMs = header.TimeUnixMs;
        NextEpoch = header.EndsEpoch ? header.Epoch + 1 : header.Epoch;
        NextSet = following;
        return true;
    }

    private bool IsDecided(ReadOnlySpan<byte> headerBytes, BlockHeader header, Certificate certificate) =>
        header.Epoch == NextEpoch
        && CertificateRules.Decides(certificate, BlockHeader.HashOf(headerBytes), header, chainId, NextSet, verifier);
}
