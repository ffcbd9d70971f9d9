using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Signs true and false messages and certificates with the keys of a chain of four seats and four spares.
/// </summary>
internal sealed class MutationForge
{
    public MutationForge()
    {
        Block = Chain.Block(Chain.Genesis, Chain.FirstSet, 0, [Chain.Leaf("tx1"), Chain.Leaf("tx2")]);
        Rival = Chain.Block(Chain.Genesis, Chain.FirstSet, 0, [Chain.Leaf("tx3")]);
    }

    public ScriptChain Chain { get; } = new(4, 4);

    /// <summary>The first block.</summary>
    public ProposalBlock Block { get; }

    /// <summary>Another first block, as valid.</summary>
    public ProposalBlock Rival { get; }

    public byte[] SignatureOf(int seat, ReadOnlySpan<byte> body, Hash256? chainId = null)
    {
        byte[] signature = new byte[Certificate.SignatureBytes];
        Chain.Signer(seat).Sign(
            Chain.Seat(seat).VoteKey, MessageVerifier.DigestOf(chainId ?? Chain.ChainId, body), signature);
        return signature;
    }

    public VerifiedMessage Sign(int seat, ConsensusMessage message) =>
        new(Chain.Seat(seat).Address, message, Envelope(seat, MessageCodec.Encode(message)));

    public SignedEnvelope Envelope(int seat, byte[] body) =>
        SignedEnvelope.Of(Chain.Seat(seat).Address, body, SignatureOf(seat, body));

    /// <summary>A vote in a certificate that stands at a place and is signed by a seat for anything.</summary>
    public CertificateVote VoteAt(int place, int seat, ConsensusMessage vote, Hash256? chainId = null) =>
        new(place, SignatureOf(seat, MessageCodec.Encode(vote), chainId));

    public static ConsensusMessage.Vote VoteFor(
        ProposalBlock block, VoteKind kind, ulong view, ulong epoch = 0, ulong height = 1) =>
        new(epoch, height, view, kind, block.Hash);

    /// <summary>A true certificate of these seats.</summary>
    public Certificate Certify(ProposalBlock block, VoteKind kind, ulong view, params int[] seats) => new(
        kind, 0, 1, view, block.Hash,
        [.. seats.Select(seat => VoteAt(seat - 1, seat, VoteFor(block, kind, view)))]);

    /// <summary>Whether these bytes are a message that a replica at height 1 of epoch 0 takes.</summary>
    public VerifiedMessage? Verified(byte[] bytes) => MessageVerifier.TryVerify(
        bytes, Chain.ChainId, Chain.FirstSet, Chain.Keys, out VerifiedMessage? message) ? message : null;

    public bool IsGoodViewChange(VerifiedMessage? message) => message?.Content is ConsensusMessage.ViewChange one
        && ViewChangeRules.IsValid(one, 0, Chain.ChainId, Chain.FirstSet, Chain.Keys);

    public bool IsGoodNewView(VerifiedMessage? message) => message?.Content is ConsensusMessage.NewView one
        && NewViewRules.TryDerive(
            one, message.Sender, 0, Chain.ChainId, Chain.FirstSet, Chain.Keys, out CarriedValue _);

    public bool IsGoodProposal(VerifiedMessage? message) => message?.Content is ConsensusMessage.PrePrepare one
        && Chain.FirstSet.Leader(one.View) == message.Sender
        && IsWellFormed(one.Block);

    public bool IsWellFormed(ProposalBlock block) => ProposalRules.Check(
        block, 1, Chain.Genesis.Hash, Chain.Genesis.Header.TimeUnixMs, 0, Chain.FirstSet)
        == ProposalVerdict.WellFormed;

    /// <summary>Whether a certificate decides the first block.</summary>
    public bool Decides(Certificate certificate, ProposalBlock block) => IsWellFormed(block)
        && CertificateRules.Decides(
            certificate, block.Hash, block.Header, Chain.ChainId, Chain.FirstSet, Chain.Keys);

    public ConsensusMessage.ViewChange Leave(ulong view, Certificate? prepared) =>
        new(0, 1, view, prepared, prepared is null ? null : Block);

    public ConsensusMessage.NewView Begin(ulong view, params VerifiedMessage[] viewChanges) =>
        new(0, 1, view, [.. viewChanges.Select(one => one.Envelope)]);
}
