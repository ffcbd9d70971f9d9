using System.Collections.Immutable;
using Google.Protobuf;

namespace Ledger.Consensus.Tests;

/// <summary>One of every kind of message and proof, true as it stands.</summary>
internal static class MutationSubjects
{
    public static ImmutableArray<MutationSubject> All(MutationForge forge) =>
        [.. Messages(forge), .. Signed(forge), .. Proofs(forge)];

    // The bytes of an envelope: nobody but the signer can change anything.
    private static IEnumerable<MutationSubject> Messages(MutationForge forge)
    {
        ProposalBlock block = forge.Block;
        Certificate prepared = forge.Certify(block, VoteKind.Prepare, 0, 1, 2, 4);
        VerifiedMessage bare = forge.Sign(3, forge.Leave(1, null));
        VerifiedMessage loaded = forge.Sign(2, forge.Leave(1, prepared));
        VerifiedMessage other = forge.Sign(4, forge.Leave(1, null));
        yield return Message(forge, "pre-prepare", 1, new ConsensusMessage.PrePrepare(0, 1, 0, block),
            forge.IsGoodProposal);
        yield return Message(forge, "prepare", 2, MutationForge.VoteFor(block, VoteKind.Prepare, 0), IsVote);
        yield return Message(forge, "commit", 3, MutationForge.VoteFor(block, VoteKind.Commit, 7), IsVote);
        yield return Message(forge, "bare view change", 3, bare.Content, forge.IsGoodViewChange);
        yield return Message(forge, "loaded view change", 2, loaded.Content, forge.IsGoodViewChange);
        yield return Message(forge, "new view", 2, forge.Begin(1, loaded, bare, other), forge.IsGoodNewView);
        yield return Message(forge, "status", 4,
            new ConsensusMessage.Status(0, 9, block.Hash, 3, true, 11), one => one is not null);
        yield return Message(forge, "witness", 4,
            new ConsensusMessage.Witness(
                0, 9, 3, forge.Chain.Seat(1).Address, 11, new SeenSlot(9, 3, MessageKind.Commit)),
            one => one is not null);
    }

    private static bool IsVote(VerifiedMessage? message) => message?.Content is ConsensusMessage.Vote;

    private static MutationSubject Message(
        MutationForge forge, string name, int seat, ConsensusMessage message, Func<VerifiedMessage?, bool> isGood) =>
        new(name, forge.Sign(seat, message).Envelope.Encode(), 0, bytes => isGood(forge.Verified(bytes)));

    // The bytes of a body whose sender signs every mutant: what others have signed inside it must still stop it.
    private static IEnumerable<MutationSubject> Signed(MutationForge forge)
    {
        Certificate prepared = forge.Certify(forge.Block, VoteKind.Prepare, 0, 1, 2, 4);
        ConsensusMessage.ViewChange loaded = forge.Leave(1, prepared);
        VerifiedMessage[] viewChanges =
            [forge.Sign(1, loaded), forge.Sign(2, forge.Leave(1, null)), forge.Sign(3, forge.Leave(1, null))];
        yield return Resigned(forge, "certificate in a view change", loaded,
            prepared.Encode(), forge.IsGoodViewChange);
        yield return Resigned(forge, "view changes in a new view", forge.Begin(1, viewChanges),
            viewChanges[0].Envelope.Encode(), forge.IsGoodNewView);
    }

    private static MutationSubject Resigned(
        MutationForge forge, string name, ConsensusMessage message, byte[] proof, Func<VerifiedMessage?, bool> isGood)
    {
        byte[] body = MessageCodec.Encode(message);
        int from = body.AsSpan().IndexOf(proof);
        Assert.That(from, Is.Positive, "the proof stands in the body as it is");
        return new MutationSubject(
            name, body, from, bytes => isGood(forge.Verified(forge.Envelope(2, bytes).Encode())));
    }

    private static IEnumerable<MutationSubject> Proofs(MutationForge forge)
    {
        ProposalBlock block = forge.Block;
        Certificate commit = forge.Certify(block, VoteKind.Commit, 5, 1, 3, 4);
        yield return new MutationSubject("commit certificate", commit.Encode(), 0, bytes =>
            Certificate.TryDecode(bytes, out Certificate? read) && forge.Decides(read, block));
        byte[] answer = new Protos.CertifiedProposal
        {
            Proposal = block.ToMessage(),
            Certificate = commit.ToMessage(),
        }.ToByteArray();
        yield return new MutationSubject("decided block in catch-up", answer, 0, bytes =>
            Ledger.Primitives.CanonicalMessage.TryParse(
                Protos.CertifiedProposal.Parser, bytes, out Protos.CertifiedProposal? read)
            && ProposalBlock.TryRead(read.Proposal, out ProposalBlock? decided)
            && Certificate.TryRead(read.Certificate, out Certificate? certificate)
            && forge.Decides(certificate, decided));
        yield return new MutationSubject("set of an epoch", forge.Chain.FirstSet.Encode(), 0, bytes =>
            ValidatorSet.TryDecode(bytes, out ValidatorSet? set) && set.Hash == forge.Chain.FirstSet.Hash);
        EquivocationEvidence evidence = new(
            forge.Sign(3, MutationForge.VoteFor(block, VoteKind.Prepare, 4)).Envelope,
            forge.Sign(3, MutationForge.VoteFor(forge.Rival, VoteKind.Prepare, 4)).Envelope);
        yield return new MutationSubject("evidence", evidence.Encode(), 0, bytes =>
            EquivocationEvidence.TryDecode(bytes, out EquivocationEvidence? read)
            && read.Verify(forge.Chain.ChainId, forge.Chain.FirstSet, forge.Chain.Keys));
        yield return new MutationSubject("record of the vote state", VoteRecord(forge), 0, bytes =>
            VoteState.TryRead(bytes, out VoteState? _, out Ledger.Primitives.Hash256 _));
    }

    private static byte[] VoteRecord(MutationForge forge)
    {
        VoteState state = VoteState.Empty with
        {
            Height = 1,
            Slots = [new VoteSlot(MessageKind.Prepare, 0, forge.Block.Hash)],
        };
        state.Seal(out byte[] record);
        return record;
    }
}
