using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using Google.Protobuf;
using Ledger.Node.Chain;
using Certificate = Ledger.Consensus.Certificate;
using Validator = Ledger.Consensus.Validator;

namespace Ledger.Node.Snapshots;

/// <summary>
/// The validator sets of a chain, each proved by the one before from the genesis document on, and from the trusted
/// checkpoint on where there is one: what certificates are judged by. Rule N-1 of the protocol.
/// </summary>
public sealed class CertifiedChain
{
    private readonly Hash256 chainId;
    private readonly ISignatureVerifier verifier;
    private readonly ChainVerifier fromGenesis;
    private readonly List<(ulong LastHeight, ValidatorSet Set)> sets = [];
    private readonly List<EpochEnd> ends = [];

    private CertifiedChain(Hash256 chainId, ChainVerifier fromGenesis, ISignatureVerifier verifier)
    {
        this.chainId = chainId;
        this.fromGenesis = fromGenesis;
        this.verifier = verifier;
    }

    /// <summary>The ends of all epochs that have ended.</summary>
    public IReadOnlyList<EpochEnd> Ends => ends;

    /// <summary>The chain before any epoch has ended.</summary>
    public static CertifiedChain Begin(GenesisState genesis, ISignatureVerifier verifier)
    {
        ValidatorSet set = ValidatorSet.Of(genesis.Validators.Select(
            static seat => new Validator(seat.Address, seat.VoteKey)));
        ChainVerifier? start = ChainVerifier.FromGenesis(
            genesis.ChainId, ChainRecovery.HeaderOf(genesis).Encode(), set, verifier);
        Invariant.That(start is not null);
        return new CertifiedChain(genesis.ChainId, start, verifier);
    }

    /// <summary>Takes the end of the next epoch; false where it is not proved by the set before.</summary>
    public bool TryAdd(EpochEnd end)
    {
        ValidatorSet before = fromGenesis.NextSet;
        if (end.Last is null
            || end.Next is null
            || !Certificate.TryRead(end.Last.Certificate, out Certificate? certificate)
            || !ValidatorSet.TryDecode(end.Next.ToByteArray(), out ValidatorSet? next)
            || !fromGenesis.TryAdvanceEpoch(end.Last.Header.Span, certificate, next))
        {
            return false;
        }

        sets.Add((fromGenesis.Height, before));
        ends.Add(end);
        return true;
    }

    /// <summary>Whether a header is decided by the set of its epoch, at a height of that epoch.</summary>
    public bool IsDecided(CertifiedHeader? certified)
    {
        if (certified is null
            || !BlockHeader.TryDecode(certified.Header.Span, out BlockHeader? header)
            || !Certificate.TryRead(certified.Certificate, out Certificate? certificate)
            || header.Height == 0
            || header.Epoch > (ulong)sets.Count)
        {
            return false;
        }

        int epoch = (int)header.Epoch;
        bool isOfEpoch = (epoch == 0 || header.Height > sets[epoch - 1].LastHeight)
            && (epoch == sets.Count || header.Height <= sets[epoch].LastHeight);
        return isOfEpoch && CertificateRules.Decides(
            certificate, BlockHeader.HashOf(certified.Header.Span), header, chainId, SetOf(epoch), verifier);
    }

    /// <summary>
    /// Whether the sets after a trusted header follow from it: it is decided, names its sets as they stand here, and
    /// proves every later end of an epoch.
    /// </summary>
    public bool FollowsFrom(CertifiedHeader trusted)
    {
        if (!IsDecided(trusted) || !BlockHeader.TryDecode(trusted.Header.Span, out BlockHeader? header))
        {
            return false;
        }

        int next = (int)header.Epoch + (header.EndsEpoch ? 1 : 0);
        ChainVerifier? chain = next > sets.Count
            ? null
            : ChainVerifier.FromCheckpoint(chainId, trusted.Header.Span, SetOf(next), verifier);
        if (chain is null)
        {
            return false;
        }

        foreach (EpochEnd end in ends.Skip(next))
        {
            if (!Certificate.TryRead(end.Last.Certificate, out Certificate? certificate)
                || !ValidatorSet.TryDecode(end.Next.ToByteArray(), out ValidatorSet? set)
                || !chain.TryAdvanceEpoch(end.Last.Header.Span, certificate, set))
            {
                return false;
            }
        }

        return true;
    }

    private ValidatorSet SetOf(int epoch) => epoch == sets.Count ? fromGenesis.NextSet : sets[epoch].Set;
}
